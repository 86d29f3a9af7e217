import type { ReactElement } from 'react';
import { buttonClasses } from '../../components/Button.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { Empty, Failure, Loading } from '../../components/PageStates.tsx';
import { SystemPage } from '../../components/SystemPage.tsx';
import { Link } from '../../routing/Link.tsx';
import { CheckpointCard } from './CheckpointCard.tsx';
import { InsightTimes } from './InsightTimes.tsx';
import { MissingInsightsNotice } from './MissingInsightsNotice.tsx';
import { RemakeNotice } from './RemakeNotice.tsx';
import { ZoneCard } from './ZoneCard.tsx';
import { reviewAddress } from './reviewAddress.ts';
import { testOption } from './testOption.ts';
import { type Dashboard, useDashboard } from './useDashboard.ts';
import { zoneInsights } from './zoneInsights.ts';
import type { TestInsights, TestSummary } from './zonesApi.ts';

/** Zones and checkpoints of each subject, test by test. */
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
  if (tests.name === 'loading') return <Loading>Loading tests...</Loading>;
  if (tests.name === 'failed') {
    return (
      <Failure heading="Analysis" onRetry={dashboard.retry}>
        Failed to load test list. Please try refreshing the page.
      </Failure>
    );
  }
  if (tests.value.length === 0) return <NoTests />;
  return <Chosen tests={tests.value} dashboard={dashboard} />;
}

type ChosenProps = { readonly tests: readonly TestSummary[]; readonly dashboard: Dashboard };

function Chosen({ tests, dashboard }: ChosenProps): ReactElement {
  const { chosen, choose, insights, missing, retry } = dashboard;
  return (
    <>
      <PageHeading size="large">Analysis</PageHeading>
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
      <div role="status">{missing !== null && <MissingInsightsNotice missing={missing} />}</div>
      {insights.name === 'loading' && <Loading>Loading insights...</Loading>}
      {insights.name === 'failed' && <Failure onRetry={retry}>Failed to load zone insights</Failure>}
      {insights.name === 'loaded' && <Insights insights={insights.value} onRemade={retry} />}
      <InsightTimes />
    </>
  );
}

type InsightsProps = { readonly insights: TestInsights; readonly onRemade: () => void };

function Insights({ insights, onRemade }: InsightsProps): ReactElement {
  const { test_info: info, zone_insights: zones } = insights;
  return (
    <>
      <dl className="mt-6 flex flex-wrap gap-x-10 gap-y-3">
        <Fact name="Marks" value={`${info.total_marks} of ${info.max_marks}`} />
        {Object.entries(info.subject_marks).map(([subject, marks]) => (
          <Fact key={subject} name={subject} value={`${marks.marks} of ${marks.max_marks}`} />
        ))}
      </dl>
      <Link href={reviewAddress(info.id)} className={buttonClasses('outline', 'mt-5')}>
        Review every answer
      </Link>
      <RemakeNotice key={info.id} insights={insights} onRemade={onRemade} />
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
                  <CheckpointCard checkpoint={checkpoint} testId={info.id} />
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
    <Empty icon="chart" title="No Tests Available">
      <p className="mt-2 mb-6 text-muted">
        Complete a test to see your performance analysis and what to work on next.
      </p>
      <Link href="/tests/" className={buttonClasses('primary')}>
        Take a test
      </Link>
    </Empty>
  );
}
