import type { PromptEnd, PromptPoll } from './promptApi.ts';

export type PromptWait = {
  /** Milliseconds between two looks, and for how long to look. */
  readonly every: number;
  readonly atMost: number;
  readonly poll: (signal: AbortSignal) => Promise<PromptPoll>;
  readonly onOpen: (progress: number, message: string) => void;
  /** Calls back when it is worth looking at once. */
  readonly onNews: (look: () => void) => void;
  /** Ends the waiting, which then rejects with its reason. */
  readonly signal: AbortSignal;
};

/** Without an end: nobody gave one in time, or the server could not be asked. */
export type NoEnd = { readonly kind: 'late' } | { readonly kind: 'unreachable' };

const repeats = 3;
const repeatAfter = 2_000;

/** Looks at a task until it has ended; a look that fails is repeated three times, two seconds apart. */
export async function awaitPrompt(wait: PromptWait): Promise<PromptEnd | NoEnd> {
  const { every, atMost, poll, onOpen, onNews, signal } = wait;
  const tooLate = new AbortController();
  const limit = setTimeout(() => tooLate.abort(), atMost);
  const stopped = AbortSignal.any([signal, tooLate.signal]);
  let wake = (): void => {};
  onNews(() => wake());
  const pause = (time: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(done, time);
      function done(): void {
        clearTimeout(timer);
        stopped.removeEventListener('abort', done);
        resolve();
      }
      wake = done;
      stopped.addEventListener('abort', done, { once: true });
    });

  let failures = 0;
  try {
    while (!stopped.aborted) {
      const seen = await poll(stopped).catch(() => null);
      if (stopped.aborted) break;
      if (seen === null) {
        failures += 1;
        if (failures > repeats) return { kind: 'unreachable' };
        await pause(repeatAfter);
        continue;
      }
      failures = 0;
      if (seen.kind !== 'open') return seen;
      onOpen(seen.progress, seen.message);
      await pause(every);
    }
  } finally {
    clearTimeout(limit);
  }
  signal.throwIfAborted();
  return { kind: 'late' };
}
