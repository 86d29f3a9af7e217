import type { Followed } from '@handoff/client';
import type { Poll } from './satBuddyApi.ts';
import { type TaskOutcome, outcomeOfView } from './taskOutcome.ts';

/** What a waiting person is shown: the answer so far and what the worker is doing. */
export type Sight = { readonly text: string; readonly note: string | null };

export type WaitOptions = {
  readonly every: number;
  readonly atMost: number;
  readonly poll: (signal: AbortSignal) => Promise<Poll>;
  /** Follows the task live; may fail, polling then does the work alone. */
  readonly follow: (signal: AbortSignal, onChange: (followed: Followed) => void) => Promise<unknown>;
  readonly onSight: (sight: Sight) => void;
  /** Ends the waiting, which then never resolves. */
  readonly signal: AbortSignal;
};

/** A poll without an answer for this many rounds is given up, so that the next one can be tried. */
const roundsPerPoll = 5;

/**
 * Waits for a task's outcome, or `timedOut` after `atMost` rounds. A round polls unless the live stream stands;
 * a poll that fails has used its round. Live or not, the waiting takes `every` × `atMost` at the longest.
 */
export function awaitOutcome(options: WaitOptions): Promise<TaskOutcome | { readonly kind: 'timedOut' }> {
  const { every, atMost, poll, follow, onSight, signal } = options;
  return new Promise((resolve) => {
    const ending = new AbortController();
    let rounds = 0;
    let live = false;
    let polling = false;
    let sight: Sight = { text: '', note: null };

    const finish = (outcome: TaskOutcome | { readonly kind: 'timedOut' }): void => {
      clearInterval(timer);
      ending.abort();
      if (!signal.aborted) resolve(outcome);
    };
    const see = (next: Sight): void => {
      sight = next;
      if (!ending.signal.aborted) onSight(next);
    };
    const pollOnce = async (): Promise<void> => {
      polling = true;
      const patience = new AbortController();
      const giveUp = (): void => patience.abort();
      const limit = setTimeout(giveUp, every * roundsPerPoll);
      ending.signal.addEventListener('abort', giveUp, { once: true });
      try {
        const answer = await poll(patience.signal);
        if (ending.signal.aborted) return;
        if (answer.kind === 'ended') finish(answer.outcome);
        else if (!live) see({ ...sight, note: answer.note ?? sight.note });
      } catch {
        // The next round repeats it.
      } finally {
        clearTimeout(limit);
        ending.signal.removeEventListener('abort', giveUp);
        polling = false;
      }
    };
    const round = async (): Promise<void> => {
      rounds += 1;
      const last = rounds >= atMost;
      if (last) clearInterval(timer);
      if (!live && !polling) await pollOnce();
      if (last && !ending.signal.aborted) finish({ kind: 'timedOut' });
    };
    const onFollowed = ({ task, connection }: Followed): void => {
      if (ending.signal.aborted) return;
      live = connection === 'live';
      const outcome = outcomeOfView(task);
      if (outcome !== null) finish(outcome);
      else if (live) see({ text: task.text, note: task.waiting?.message ?? task.progress.message });
    };

    const timer = setInterval(() => void round(), every);
    signal.addEventListener('abort', () => finish({ kind: 'timedOut' }), { once: true });
    follow(ending.signal, onFollowed).catch(() => (live = false));
  });
}
