import { useEffect, useMemo, useState } from 'react';
import { takeAhead } from './readAhead.ts';
import { type Reading, useRead } from './useRead.ts';
import { waitForInsights } from './waitForInsights.ts';
import { type TestInsights, type TestSummary, defaultConfig } from './zonesApi.ts';
import { followInsights, stopInsights, zonesServer } from './zonesServer.ts';

export type Dashboard = {
  readonly tests: Reading<readonly TestSummary[]>;
  readonly chosen: number | null;
  readonly choose: (id: number) => void;
  readonly insights: Reading<TestInsights>;
  /** What is still to come of the insights; null when nothing is. */
  readonly missing: Missing | null;
  readonly again: () => void;
};

/** Insights that are on their way, with what the work says of itself; or that were not made. */
export type Missing =
  | { readonly name: 'pending'; readonly note: string | null; readonly stop: () => void }
  | { readonly name: 'notMade'; readonly remake: () => Promise<void> };

/** The tests, the one that is looked at, and its insights as they come. */
export function useDashboard(): Dashboard {
  const [ahead] = useState(takeAhead);
  const { reading: tests, again: againTests } = useRead(zonesServer.tests, ahead?.tests);
  const [picked, setPicked] = useState<number | null>(null);
  const newest = tests.name === 'there' ? (tests.value[0]?.id ?? null) : null;
  const chosen = picked ?? newest;
  const read = useMemo(
    () => (chosen === null ? null : (signal: AbortSignal) => zonesServer.insights(chosen, signal)),
    [chosen],
  );
  const { reading: insights, again } = useRead(read, ahead?.id === chosen ? ahead?.insights : null);
  const missing = useMissing(chosen, again);
  return {
    tests,
    chosen,
    choose: setPicked,
    insights,
    missing,
    again: tests.name === 'failed' ? againTests : again,
  };
}

type Wait =
  | { readonly name: 'pending'; readonly note: string | null; readonly taskId: string | null }
  | { readonly name: 'notMade' };

/**
 * Waits for what is still missing of a test; `onMore` is called when nothing is any more. Also when the first look
 * finds that: what was read before it may be older.
 */
function useMissing(id: number | null, onMore: () => void): Missing | null {
  const [wait, setWait] = useState<{ readonly of: number; readonly is: Wait } | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (id === null) return;
    let waited = false;
    const show = (is: Wait | null): void => setWait(is && { of: id, is });
    return waitForInsights({
      poll: async (signal) => {
        const status = await zonesServer.status(id, signal);
        const isOpen = !status.insights_generated && !status.insights_failed;
        if (isOpen && status.expected_subjects.length > 0 && !waited) {
          waited = true;
          show({ name: 'pending', note: null, taskId: status.insights_task_id ?? null });
        }
        return status;
      },
      every: defaultConfig.poll_every_ms,
      follow: (taskId, signal, onEnd) =>
        followInsights(taskId, signal, {
          onNote: (note) =>
            setWait((last) => (last?.is.name === 'pending' ? { ...last, is: { ...last.is, note } } : last)),
          onEnd,
        }),
      onReady: () => {
        show(null);
        onMore();
      },
      onFailed: () => {
        show({ name: 'notMade' });
        onMore();
      },
      onNone: () => show(null),
    });
  }, [id, round, onMore]);
  if (wait === null || id === null || wait.of !== id) return null;
  const { is } = wait;
  if (is.name === 'notMade') {
    const remake = async (): Promise<void> => {
      await zonesServer.remake(id);
      setWait(null);
      setRound((last) => last + 1);
    };
    return { name: 'notMade', remake };
  }
  const { taskId } = is;
  return { name: 'pending', note: is.note, stop: () => taskId !== null && stopInsights(taskId) };
}
