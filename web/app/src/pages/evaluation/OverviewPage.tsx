import { type ReactElement, useMemo } from 'react';
import { PageHeading } from '../../components/PageHeading.tsx';
import type { Category, Overview } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';
import { Back, Box, FailedLoad, Loading, EvaluationState } from './Frame.tsx';
import { SummaryBox } from './SummaryBox.tsx';
import { useLoad } from '../../state/useLoad.ts';
import { contributionOf } from './contribution.ts';

type OverviewPageProps = { readonly evaluation: number; readonly student: number };

/** The overview of a pupil's evaluation. It does not wait for the summary. */
export function OverviewPage({ evaluation, student }: OverviewPageProps): ReactElement {
  const { load, reload } = useLoad(
    useMemo(
      () => (signal: AbortSignal) => evaluationServer.overview(evaluation, student, signal),
      [evaluation, student],
    ),
  );
  return (
    <>
      <Back />
      {load.name === 'loading' && <Loading />}
      {load.name === 'failed' && <FailedLoad error={load.error} onRetry={() => void reload()} />}
      {load.name === 'loaded' && <LoadedOverview overview={load.value} />}
    </>
  );
}

function LoadedOverview({ overview }: { readonly overview: Overview }): ReactElement {
  const { evaluation, student_id } = overview;
  return (
    <>
      <PageHeading>Evaluatie Overzicht</PageHeading>
      <p className="mt-2 text-muted">
        Hier zie je een overzicht van je scores en een samenvatting van de ontvangen peer-feedback.
      </p>
      <p className="mt-5 mb-1 font-semibold">{evaluation.title}</p>
      <EvaluationState evaluation={evaluation} />
      <div className="mt-6 grid gap-4 sm:gap-5">
        <SummaryBox
          key={`${evaluation.id} ${student_id}`}
          evaluation={evaluation.id}
          student={student_id}
          every={overview.poll_every_ms}
        />
        <Box title="Opmerkingen van de docent">
          <p className={overview.teacher_remark === null ? 'text-muted' : 'max-w-prose leading-relaxed'}>
            {overview.teacher_remark ?? 'Je docent heeft nog geen opmerkingen gegeven.'}
          </p>
        </Box>
        <div className="grid gap-4 sm:gap-5 md:grid-cols-2">
          <Box title="Team-bijdrage">
            <Contribution factor={overview.correction_factor} />
          </Box>
          <Box title="OMZA-scores">
            <div className="grid gap-3">
              {overview.categories.map((category) => (
                <Bar key={category.name} category={category} />
              ))}
            </div>
          </Box>
        </div>
        <Box title="Jouw Teamleden">
          {overview.teammates.length === 0 ? (
            <p className="text-muted">Je hebt in deze evaluatie geen teamleden.</p>
          ) : (
            <ul className="flex flex-wrap gap-2">
              {overview.teammates.map((name) => (
                <li key={name} className="rounded-full bg-sunken px-3 py-1 text-sm">
                  {name}
                </li>
              ))}
            </ul>
          )}
        </Box>
      </div>
    </>
  );
}

function Contribution({ factor }: { readonly factor: number | null }): ReactElement {
  if (factor === null) return <p className="text-muted">Er zijn nog geen scores van je teamleden.</p>;
  const contribution = contributionOf(factor);
  return (
    <>
      <p className="text-sm text-muted">Correctiefactor</p>
      <p className="text-4xl font-bold tracking-tight tabular-nums">{decimals(factor, 2)}</p>
      <p className={`mt-1 font-semibold ${contribution.isGood ? 'text-good' : 'text-notice'}`}>
        {contribution.words}
      </p>
      <p className="mt-3 text-sm text-muted">De factor ligt altijd tussen 0,90 en 1,10.</p>
    </>
  );
}

function Bar({ category }: { readonly category: Category }): ReactElement {
  const { name, average, best } = category;
  const words = `Gem.: ${average === null ? '-' : decimals(average, 1)}`;
  return (
    <div>
      <p className="flex items-baseline justify-between gap-3 text-sm">
        <span className="font-medium">{name}</span>
        <span className="text-muted tabular-nums">{words}</span>
      </p>
      <div
        role="meter"
        aria-label={name}
        aria-valuenow={average ?? 0}
        aria-valuemin={0}
        aria-valuemax={best}
        aria-valuetext={words}
        className="mt-1 h-2.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className="h-full rounded-full bg-accent"
          style={{ width: `${(100 * (average ?? 0)) / best}%` }}
        />
      </div>
    </div>
  );
}

function decimals(value: number, digits: number): string {
  return value.toLocaleString('nl-NL', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
