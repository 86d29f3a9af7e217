import { type ReactElement, useMemo, useState } from 'react';
import { HandoffError } from '@handoff/client';
import { Button } from '../../components/Button.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { ClassActions } from './ClassActions.tsx';
import { ClassTable } from './ClassTable.tsx';
import { CloseEvaluation } from './CloseEvaluation.tsx';
import { type Filter, filters, newestOf, passes, standingOf, totalsOf } from './classJobs.ts';
import type { Detail } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';
import { Back, Loading, EvaluationState } from './Frame.tsx';
import { PupilSummary } from './PupilSummary.tsx';
import { Receivers } from './Receivers.tsx';
import { ReleaseFirst } from './ReleaseFirst.tsx';
import { useClassJobs } from './useClassJobs.ts';

type ClassPageProps = { readonly detail: Detail; readonly refresh: () => void };

const tooOften = 'Dit is te vaak achter elkaar gevraagd. Wacht een minuut en probeer het opnieuw.';

export function ClassPage({ detail, refresh }: ClassPageProps): ReactElement {
  const { evaluation, students, release_first: releaseFirst } = detail;
  const { jobs, failed, reload } = useClassJobs(evaluation.id, detail.poll_every_ms);
  const [filter, setFilter] = useState<Filter>('all');
  const [message, setMessage] = useState('');
  const [busy, setBusy] = useState(false);
  const newest = useMemo(() => newestOf(jobs ?? []), [jobs]);

  const run = async (work: () => Promise<string>): Promise<void> => {
    setBusy(true);
    setMessage('');
    try {
      setMessage(await work());
    } catch (error) {
      const isTooOften = error instanceof HandoffError && error.status === 429;
      setMessage(isTooOften ? tooOften : 'Dat is niet gelukt. Probeer het opnieuw.');
    }
    setBusy(false);
    reload();
  };
  const queueAll = async (): Promise<string> =>
    totalsOf(
      await evaluationServer.queueAll(
        evaluation.id,
        students.map((student) => student.id),
      ),
    );
  const retry = async (student: number): Promise<string> => {
    const { job_id } = await evaluationServer.queue(evaluation.id, student);
    const wasThere = jobs?.some((job) => job.job_id === job_id) ? 1 : 0;
    return totalsOf({ queued: 1 - wasThere, already_queued: wasThere, already_exists: 0, failed: 0 });
  };
  const close = async (): Promise<string> => {
    const { queued } = await evaluationServer.close(evaluation.id);
    refresh();
    return `De evaluatie is afgerond. ${queued} in wachtrij gezet`;
  };
  const setReleaseFirst = async (first: boolean): Promise<string> => {
    await evaluationServer.setReleaseFirst(first);
    refresh();
    return first
      ? 'Leerlingen zien een samenvatting pas nadat je die hebt vrijgegeven.'
      : 'Leerlingen zien een samenvatting meteen.';
  };
  const standing = standingOf(students, newest);
  const countOf = (one: Filter): number =>
    students.filter((student) => passes(one, newest.get(student.id))).length;
  const shown = students.filter((student) => passes(filter, newest.get(student.id)));
  return (
    <>
      <Back />
      <PageHeading>{evaluation.title}</PageHeading>
      <div className="mt-2">
        <EvaluationState evaluation={evaluation} />
      </div>
      <div className="mt-6 flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={busy || students.length === 0} onClick={() => void run(queueAll)}>
          Samenvattingen genereren voor alle leerlingen
        </Button>
        <ClassActions detail={detail} newest={newest} busy={busy} run={run} />
        {evaluation.status === 'open' && <CloseEvaluation busy={busy} onClose={() => void run(close)} />}
      </div>
      <ReleaseFirst
        isOn={releaseFirst}
        busy={busy}
        onChange={(first) => void run(() => setReleaseFirst(first))}
      />
      <Receivers />
      <p role="status" className="mt-3 min-h-6 text-sm font-medium" data-testid="totals">
        {message}
      </p>
      {standing !== null && <p className="mt-1 font-semibold">{standing}</p>}
      <FilterChoice filter={filter} onChange={setFilter} countOf={countOf} />
      {failed && (
        <p role="alert" className="mt-3 text-sm text-bad">
          De stand kan nu niet worden opgehaald. We proberen het zo opnieuw.
        </p>
      )}
      {jobs === null && !failed ? (
        <Loading />
      ) : (
        <ClassTable
          students={shown}
          newest={newest}
          busy={busy}
          releaseFirst={releaseFirst}
          onRetry={(student) => void run(() => retry(student))}
          renderOpen={(student) => (
            <PupilSummary
              evaluation={evaluation.id}
              student={student}
              job={newest.get(student.id)}
              busy={busy}
              releaseFirst={releaseFirst}
              run={run}
            />
          )}
        />
      )}
    </>
  );
}

type FilterChoiceProps = {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  readonly countOf: (filter: Filter) => number;
};

function FilterChoice({ filter, onChange, countOf }: FilterChoiceProps): ReactElement {
  return (
    <fieldset className="mt-2 flex flex-wrap gap-1.5">
      <legend className="sr-only">Toon</legend>
      {filters.map(({ name, words }) => (
        <label
          key={name}
          className="cursor-pointer rounded-full border border-line bg-surface px-3 py-1 text-sm font-medium text-muted has-checked:border-transparent has-checked:bg-accent-soft has-checked:text-accent-text has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="toon"
            className="sr-only"
            checked={filter === name}
            aria-label={words}
            onChange={() => onChange(name)}
          />
          {words} <span className="tabular-nums">({countOf(name)})</span>
        </label>
      ))}
    </fieldset>
  );
}
