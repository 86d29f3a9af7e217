import { type ReactElement, type SubmitEvent, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../components/Button.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { FailedPage, Loading } from '../../components/PageStates.tsx';
import { SystemPage } from '../../components/SystemPage.tsx';
import { navigate } from '../../routing/usePathname.ts';
import { refusalIn } from '../../session/json.ts';
import { useLoad } from '../../state/useLoad.ts';
import { zoneInsights } from './zoneInsights.ts';
import { OpenTests } from './OpenTests.tsx';
import type { Topic, TestRequest } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

type Mode = TestRequest['selection_mode'];

const fieldClasses = 'block w-28 rounded-control border border-line-strong bg-surface px-3 py-2 font-normal';

/** The form that creates a test. */
export function TestsPage(): ReactElement {
  return (
    <SystemPage system={zoneInsights} here="/tests/">
      <PageHeading size="large">Build your test</PageHeading>
      <p className="mt-2 max-w-xl text-muted">
        Choose topics and how much you want to do. Each right answer counts 4 marks, each wrong one takes 1
        away.
      </p>
      <OpenTests />
      <TopicChoice />
    </SystemPage>
  );
}

function TopicChoice(): ReactElement {
  const { load, reload } = useLoad(readTopics);
  if (load.name === 'failed') {
    return (
      <FailedPage
        title="The topics cannot be shown"
        advice="Please try again."
        onRetry={() => void reload()}
      />
    );
  }
  if (load.name === 'loading') return <Loading className="mt-10">Loading topics...</Loading>;
  return <Builder {...load.value} />;
}

type Bank = { readonly topics: readonly Topic[]; readonly counts: Readonly<Record<string, number>> };

async function readTopics(signal: AbortSignal): Promise<Bank> {
  const [topics, counts] = await Promise.all([
    zonesServer.topics(signal),
    zonesServer.counts(signal).catch(() => ({})),
  ]);
  return { topics, counts };
}

/** As many questions as a first test usually has. */
const usual = 8;

function Builder({ topics, counts }: Bank): ReactElement {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [mode, setMode] = useState<Mode>('question_count');
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const available = [...chosen].reduce((sum, id) => sum + (counts[id] ?? 0), 0);
  // Until a person chooses, as many as there are.
  const amount = typed ?? String(available > 0 ? Math.min(usual, available) : usual);
  const isTooMany = mode === 'question_count' && available > 0 && Number(amount) > available;

  const toggle = (ids: readonly number[], on: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids)
      if (on) next.add(id);
      else next.delete(id);
    setChosen(next);
    setProblem(null);
  };
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (chosen.size === 0) return setProblem('Select at least one topic.');
    setBusy(true);
    try {
      const request = {
        selected_topics: [...chosen],
        selection_mode: mode,
        [amountField[mode]]: Number(amount),
      };
      navigate(`/test/${await zonesServer.begin(request)}/`);
    } catch (error) {
      setProblem(refusalIn(error) ?? 'The server cannot be reached. Please try again.');
      setBusy(false);
    }
  };
  const subjects = [...new Set(topics.map((topic) => topic.subject))];
  return (
    <form onSubmit={(event) => void onSubmit(event)} noValidate className="mt-8">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {subjects.map((subject) => (
          <SubjectTopics
            key={subject}
            subject={subject}
            topics={topics.filter((topic) => topic.subject === subject)}
            chosen={chosen}
            counts={counts}
            onToggle={toggle}
          />
        ))}
      </div>
      <fieldset className="mt-8 flex flex-wrap items-end gap-x-6 gap-y-4">
        <legend className="sr-only">How much</legend>
        <label className="text-sm font-semibold">
          Measured by
          <select
            value={mode}
            onChange={(event) =>
              setMode(event.target.value === 'time_limit' ? 'time_limit' : 'question_count')
            }
            className={`${fieldClasses} mt-1.5 w-44`}
          >
            <option value="question_count">Questions</option>
            <option value="time_limit">Minutes</option>
          </select>
        </label>
        <label className="text-sm font-semibold">
          {mode === 'time_limit' ? 'Minutes' : 'Questions'}
          <input
            type="number"
            inputMode="numeric"
            min={1}
            value={amount}
            aria-describedby="available"
            onChange={(event) => setTyped(event.target.value)}
            className={`${fieldClasses} mt-1.5`}
          />
        </label>
        <p id="available" className={`pb-2.5 text-sm ${isTooMany ? 'font-semibold text-bad' : 'text-muted'}`}>
          {available > 0 && `${available} ${available === 1 ? 'question' : 'questions'} on the chosen topics`}
        </p>
        <Button type="submit" look="primary" disabled={busy} className="px-6 py-2.5">
          {busy ? 'Starting...' : 'Start test'}
        </Button>
      </fieldset>
      <div role="alert">
        {problem !== null && (
          <p className="mt-4 flex max-w-xl gap-2 rounded-control bg-bad-soft px-3 py-2.5 text-sm text-bad">
            <Icon name="warning" /> {problem}
          </p>
        )}
      </div>
    </form>
  );
}

const amountField = { question_count: 'question_count', time_limit: 'time_limit' } as const;

type SubjectTopicsProps = {
  readonly subject: string;
  readonly topics: readonly Topic[];
  readonly chosen: ReadonlySet<number>;
  readonly counts: Readonly<Record<string, number>>;
  readonly onToggle: (ids: readonly number[], on: boolean) => void;
};

function SubjectTopics({ subject, topics, chosen, counts, onToggle }: SubjectTopicsProps): ReactElement {
  const ids = topics.map((topic) => topic.id);
  const all = ids.every((id) => chosen.has(id));
  return (
    <fieldset className="rounded-card border border-line bg-surface p-4 shadow-card">
      <legend className="sr-only">{subject}</legend>
      <label className="flex items-center gap-3 border-b border-line pb-3 font-semibold">
        <input
          type="checkbox"
          className="size-5 accent-accent"
          checked={all}
          onChange={() => onToggle(ids, !all)}
        />
        {subject}
      </label>
      <ul className="mt-2">
        {topics.map((topic) => (
          <li key={topic.id} className="flex items-center justify-between gap-3">
            <label className="flex items-center gap-3 py-1.5">
              <input
                type="checkbox"
                className="size-5 accent-accent"
                checked={chosen.has(topic.id)}
                onChange={(event) => onToggle([topic.id], event.target.checked)}
              />
              {topic.name}
            </label>
            {counts[topic.id] !== undefined && (
              <span className="text-sm text-muted tabular-nums">
                {counts[topic.id]}
                <span className="sr-only"> questions on {topic.name}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
