import { useMemo, useState } from 'react';
import { type Load, useLoad } from '../../state/useLoad.ts';
import { takePreloaded } from './preload.ts';
import { isReady, isSettled, noteOf, useInsightStatus } from './useInsightStatus.ts';
import { type TestInsights, type TestSummary, defaultConfig } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

export type Dashboard = {
  readonly tests: Load<readonly TestSummary[]>;
  readonly chosen: number | null;
  readonly choose: (id: number) => void;
  readonly insights: Load<TestInsights>;
  /** Why insights are missing; null when none are. */
  readonly missing: MissingInsights | null;
  readonly retry: () => void;
};

export type MissingInsights =
  | { readonly name: 'pending'; readonly note: string | null; readonly stop: () => void }
  | { readonly name: 'failed'; readonly remake: () => Promise<void> };

/** The tests, the chosen one, and its insights. */
export function useDashboard(): Dashboard {
  const [preloaded] = useState(takePreloaded);
  const { load: tests, reload: reloadTests } = useLoad(zonesServer.tests, preloaded?.tests);
  const [picked, choose] = useState<number | null>(null);
  const newest = tests.name === 'loaded' ? (tests.value[0]?.id ?? null) : null;
  const chosen = picked ?? newest;
  const read = useMemo(
    () => (chosen === null ? null : (signal: AbortSignal) => zonesServer.insights(chosen, signal)),
    [chosen],
  );
  const { load: insights, reload } = useLoad(read, preloaded?.id === chosen ? preloaded?.insights : null);
  const missing = useMissingInsights(chosen, reload);
  const retry = (): void => void (tests.name === 'failed' ? reloadTests() : reload());
  return { tests, chosen, choose, insights, missing, retry };
}

/** `onSettled` is called also when the first answer says so: what was read before it may be older. */
function useMissingInsights(id: number | null, onSettled: () => Promise<void>): MissingInsights | null {
  const poll = useInsightStatus(id, {
    every: defaultConfig.poll_every_ms,
    isFinal: isSettled,
    onFinal: () => void onSettled(),
  });
  const { phase, value: status, cancel, look } = poll;
  if (id === null || status === null) return null;
  if (phase === 'open' && !isSettled(status) && !status.insights_generated) {
    // A task that has ended already is no failure.
    return { name: 'pending', note: noteOf(poll), stop: () => void cancel().catch(() => {}) };
  }
  if (phase !== 'final' || isReady(status) || status.insights_failed !== true) return null;
  const remake = async (): Promise<void> => {
    await zonesServer.remake(id);
    await look();
  };
  return { name: 'failed', remake };
}
