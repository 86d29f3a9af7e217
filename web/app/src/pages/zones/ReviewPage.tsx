import { HandoffError } from '@handoff/client';
import { ToggleGroup } from 'radix-ui';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { PageHeading } from '../../components/PageHeading.tsx';
import { buttonClasses } from '../../components/Button.tsx';
import { Empty, Failure, Loading } from '../../components/PageStates.tsx';
import { usePageTitle } from '../../components/usePageTitle.ts';
import { SystemPage } from '../../components/SystemPage.tsx';
import { Link } from '../../routing/Link.tsx';
import { idIn } from '../../routing/routes.ts';
import { usePathname } from '../../routing/usePathname.ts';
import { useLoad } from '../../state/useLoad.ts';
import { ReviewedQuestion, outcomeOf } from './ReviewedQuestion.tsx';
import { zoneInsights } from './zoneInsights.ts';
import type { Results } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

/** Every question of a graded test, with its solution and the explanation. */
export function ReviewPage(): ReactElement {
  const id = idIn(usePathname()) ?? 0;
  return (
    <SystemPage system={zoneInsights}>
      <Review key={id} id={id} />
    </SystemPage>
  );
}

function Review({ id }: { readonly id: number }): ReactElement {
  const read = useMemo(() => (signal: AbortSignal) => zonesServer.results(id, signal), [id]);
  const { load, reload } = useLoad(read);
  usePageTitle(`Review of test ${id}`, 'Zone Insights');
  if (load.name === 'failed') {
    return load.error instanceof HandoffError && load.error.status > 0 && load.error.status < 500 ? (
      <Empty role="alert" icon="warning" title="These answers cannot be shown">
        <p className="mt-2 mb-6 text-muted">The test may not be submitted yet, or not be yours.</p>
        <Link href="/dashboard" className={buttonClasses('primary')}>
          Your tests
        </Link>
      </Empty>
    ) : (
      <Failure heading="Review" onRetry={() => void reload()}>
        Your answers could not be loaded.
      </Failure>
    );
  }
  if (load.name === 'loading') return <Loading>Loading your answers...</Loading>;
  return <Answers results={load.value} />;
}

const filters = { all: 'All', wrong: 'Wrong', unanswered: 'Not answered', right: 'Right' } as const;
type Filter = keyof typeof filters;

function Answers({ results }: { readonly results: Results }): ReactElement {
  const [filter, setFilter] = useState<Filter>('all');
  useQuestionInAddress();
  const answers = results.detailed_answers;
  const counts: Readonly<Record<Filter, number>> = {
    all: results.total_questions,
    wrong: results.incorrect_answers,
    unanswered: results.unanswered_questions,
    right: results.correct_answers,
  };
  return (
    <>
      <PageHeading size="large">Practice Test #{results.session_id}</PageHeading>
      <p className="mt-2 text-muted">
        {results.correct_answers} of {results.total_questions} right. Each answer with its solution and why.
      </p>
      <ToggleGroup.Root
        type="single"
        aria-label="Which questions"
        value={filter}
        onValueChange={(value) => value !== '' && setFilter(value as Filter)}
        className="mt-6 flex flex-wrap gap-2"
      >
        {Object.entries(filters).map(([value, name]) => (
          <ToggleGroup.Item
            key={value}
            value={value}
            className="rounded-full border border-line-strong px-3.5 py-1.5 text-sm font-semibold data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:text-accent-text"
          >
            {name} ({counts[value as Filter]})
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <ol className="mt-6 space-y-5">
        {answers.map((answer, index) =>
          filter === 'all' || outcomeOf(answer) === filter ? (
            <li key={answer.question_id}>
              <ReviewedQuestion answer={answer} number={index + 1} />
            </li>
          ) : null,
        )}
      </ol>
      {counts[filter] === 0 && <p className="mt-6 text-muted">There is none.</p>}
    </>
  );
}

/** Goes to the question that the address names. */
function useQuestionInAddress(): void {
  useEffect(() => {
    const named = document.getElementById(location.hash.slice(1));
    named?.scrollIntoView();
    named?.focus();
  }, []);
}
