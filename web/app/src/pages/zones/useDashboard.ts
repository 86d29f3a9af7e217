import { useEffect, useMemo, useState } from 'react';
import { type Reading, useRead } from './useRead.ts';
import { waitForInsights } from './waitForInsights.ts';
import { type TestInsights, type TestSummary, defaultConfig } from './zonesApi.ts';
import { followInsights, zonesServer } from './zonesServer.ts';

export type Dashboard = {
  readonly tests: Reading<readonly TestSummary[]>;
  readonly chosen: number | null;
  readonly choose: (id: number) => void;
  readonly insights: Reading<TestInsights>;
  /** Whether more insights are on their way, and what the work says of itself. */
  readonly pending: { readonly note: string | null } | null;
  readonly again: () => void;
};

/** The tests, the one that is looked at, and its insights as they come. */
export function useDashboard(): Dashboard {
  const { reading: tests, again: againTests } = useRead(zonesServer.tests);
  const [picked, setPicked] = useState<number | null>(null);
  const newest = tests.name === 'there' ? (tests.value[0]?.id ?? null) : null;
  const chosen = picked ?? newest;
  const read = useMemo(
    () => (chosen === null ? null : (signal: AbortSignal) => zonesServer.insights(chosen, signal)),
    [chosen],
  );
  const { reading: insights, again } = useRead(read);
  const pending = usePending(chosen, again);
  return {
    tests,
    chosen,
    choose: setPicked,
    insights,
    pending,
    again: tests.name === 'failed' ? againTests : again,
  };
}

/** Waits for what is still missing of a test; `onMore` is called when it is all there. */
function usePending(id: number | null, onMore: () => void): { readonly note: string | null } | null {
  const [pending, setPending] = useState<{ readonly of: number; readonly note: string | null } | null>(null);
  useEffect(() => {
    if (id === null) return;
    let waited = false;
    return waitForInsights({
      poll: async (signal) => {
        const status = await zonesServer.status(id, signal);
        const isOpen = !status.insights_generated && !status.insights_failed;
        if (isOpen && status.expected_subjects.length > 0 && !waited) {
          waited = true;
          setPending({ of: id, note: null });
        }
        return status;
      },
      every: defaultConfig.poll_every_ms,
      follow: (taskId, signal, onEnd) =>
        followInsights(taskId, signal, {
          onNote: (note) => setPending((before) => before && { ...before, note }),
          onEnd,
        }),
      onReady: () => {
        setPending(null);
        if (waited) onMore();
      },
      onFailed: () => setPending(null),
    });
  }, [id, onMore]);
  return pending?.of === id ? pending : null;
}
