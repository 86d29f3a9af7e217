import type { InsightStatus } from './zonesApi.ts';

export type InsightWait = {
  readonly poll: (signal: AbortSignal) => Promise<InsightStatus>;
  /** Milliseconds between two looks. */
  readonly every: number;
  /** Follows the task live until the signal ends it, and tells when it is over. */
  readonly follow: (taskId: string, signal: AbortSignal, onEnd: () => void) => void;
  readonly onReady: () => void;
  readonly onFailed?: () => void;
  /** There is no subject that insights could be made of. */
  readonly onNone?: () => void;
};

/**
 * Looks at once and then again and again, whether the tab is seen or not, until every subject is there. A look that
 * fails is silently repeated. The live stream only makes the next look come sooner. Returns what stops it.
 */
export function waitForInsights(wait: InsightWait): () => void {
  const { poll, every, follow, onReady, onFailed, onNone } = wait;
  const ending = new AbortController();
  let following = false;
  const finish = (then: () => void): void => {
    if (ending.signal.aborted) return;
    stop();
    then();
  };
  const look = async (): Promise<void> => {
    try {
      const status = await poll(ending.signal);
      if (status.insights_generated && status.total_subjects > 0) return finish(onReady);
      if (status.insights_failed && onFailed) return finish(onFailed);
      if (status.expected_subjects.length === 0 && onNone) return finish(onNone);
      if (status.insights_task_id && !following && !ending.signal.aborted) {
        following = true;
        follow(status.insights_task_id, ending.signal, () => void look());
      }
    } catch {
      // The next look repeats it.
    }
  };
  const timer = setInterval(() => void look(), every);
  const stop = (): void => {
    clearInterval(timer);
    ending.abort();
  };
  void look();
  return stop;
}
