import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button, buttonClasses } from '../../parts/Button.tsx';
import { Dots } from '../../parts/PageStates.tsx';
import { SystemPage } from '../../parts/SystemPage.tsx';
import { Link } from '../../routing/Link.tsx';
import { CheckpointCard } from './CheckpointCard.tsx';
import { InsightTimes } from './InsightTimes.tsx';
import { MissingNotice } from './MissingNotice.tsx';
import { ZoneCard } from './ZoneCard.tsx';
import { testOption } from './testOption.ts';
import { type Dashboard, useDashboard } from './useDashboard.ts';
import { zoneInsights } from './zoneInsights.ts';
import type { TestInsights, TestSummary } from './zonesApi.ts';

/** What the tests say: zones and checkpoints of each subject. */
export function DashboardPage(): ReactElement {
  return (
    <SystemPage system={zoneInsights} here="/dashboard/">
      <Analysis />
    </SystemPage>
  );
}

function Analysis(): ReactElement {
  const dashboard = useDashboard();
  const { tests } = dashboard;
  if (tests.name === 'loading') return <Loading words="Loading tests..." />;
  if (tests.name === 'failed') {
    return (
      <Failed words="Failed to load test list. Please try refreshing the page." onRetry={dashboard.again} />
    );
  }
  if (tests.value.length === 0) return <NoTests />;
  return <Chosen tests={tests.value} dashboard={dashboard} />;
}

type ChosenProps = { readonly tests: readonly TestSummary[]; readonly dashboard: Dashboard };

function Chosen({ tests, dashboard }: ChosenProps): ReactElement {
  const { chosen, choose, insights, missing, again } = dashboard;
  return (
    <>
      <h1 tabIndex={-1} className="text-3xl font-bold tracking-tight outline-none">
        Analysis
      </h1>
      <label className="mt-6 block max-w-md text-sm font-semibold">
        Select a Test to Analyze
        <select
          value={chosen ?? ''}
          onChange={(event) => choose(Number(event.target.value))}
          className="mt-1.5 block w-full rounded-control border border-line-strong bg-surface px-3 py-2.5 font-normal"
        >
          <option value="" disabled>
            Choose a test...
          </option>
          {tests.map((test) => (
            <option key={test.id} value={test.id}>
              {testOption(test)}
            </option>
          ))}
        </select>
      </label>
      <div role="status">{missing !== null && <MissingNotice missing={missing} />}</div>
      {insights.name === 'loading' && <Loading words="Loading insights..." />}
      {insights.name === 'failed' && <Failed words="Failed to load zone insights" onRetry={again} />}
      {insights.name === 'there' && <Insights insights={insights.value} />}
      <InsightTimes />
    </>
  );
}

function Insights({ insights }: { readonly insights: TestInsights }): ReactElement {
  const { test_info: info, zone_insights: zones } = insights;
  return (
    <>
      <dl className="mt-6 flex flex-wrap gap-x-10 gap-y-3">
        <Fact name="Marks" value={`${info.total_marks} of ${info.max_marks}`} />
        {Object.entries(info.subject_marks).map(([subject, marks]) => (
          <Fact key={subject} name={subject} value={`${marks.marks} of ${marks.max_marks}`} />
        ))}
      </dl>
      {zones.length > 0 && (
        <h2 className="mt-10 text-2xl font-bold tracking-tight">Subject-Wise Performance Zones</h2>
      )}
      {zones.map((zone) => (
        <section key={zone.subject} aria-label={zone.subject} className="mt-5">
          <ZoneCard insight={zone} />
          <ul className="mt-3 grid gap-3 md:grid-cols-2">
            {(insights.checkpoints.find(({ subject }) => subject === zone.subject)?.checkpoints ?? []).map(
              (checkpoint, index) => (
                <li key={index}>
                  <CheckpointCard checkpoint={checkpoint} />
                </li>
              ),
            )}
          </ul>
        </section>
      ))}
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="text-lg font-semibold tabular-nums">{value}</dd>
    </div>
  );
}

function NoTests(): ReactElement {
  return (
    <div className="mx-auto max-w-md py-16 text-center">
      <Icon name="chart" className="mx-auto size-12 text-muted" />
      <h1 tabIndex={-1} className="mt-4 text-2xl font-bold outline-none">
        No Tests Available
      </h1>
      <p className="mt-2 mb-6 text-muted">
        Complete a test to see your performance analysis and what to work on next.
      </p>
      <Link href="/tests/" className={buttonClasses('primary')}>
        Take a test
      </Link>
    </div>
  );
}

function Loading({ words }: { readonly words: string }): ReactElement {
  return (
    <p role="status" className="mt-8 flex items-center gap-3 text-muted">
      <Dots /> {words}
    </p>
  );
}

function Failed({ words, onRetry }: { readonly words: string; readonly onRetry: () => void }): ReactElement {
  return (
    <div
      role="alert"
      className="mt-8 flex flex-wrap items-center gap-3 rounded-card bg-bad-soft px-4 py-3 text-bad"
    >
      <p className="flex gap-3">
        <Icon name="warning" /> {words}
      </p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}
