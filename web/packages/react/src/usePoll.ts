import { useCallback, useContext, useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { HandoffContext } from './handoffContext.ts';
import { type PollOptions, type Polled, Poller, idlePolled } from './poller.ts';

export type UsedPoll<T> = Polled<T> & {
  /** Calls the server at once, and begins again if polling had ended. Resolves when that call has ended. */
  readonly look: () => Promise<void>;
  /** Cancels the task, where one is known; rejects with a `HandoffError`. */
  readonly cancel: () => Promise<void>;
};

const nothing = { subscribe: () => () => {}, snapshot: () => idlePolled };

/**
 * Polls your server's own status call while the component is mounted, and follows the task behind it. `key` says what
 * is polled, compared as React compares state: another key begins anew, and null polls nothing. The options may be new
 * objects in every render.
 */
export function usePoll<T>(key: unknown, options: PollOptions<T>): UsedPoll<T> {
  const client = useContext(HandoffContext);
  const poller = useMemo(
    () => (key === null ? null : new Poller<T>(client, options)),
    // oxlint-disable-next-line react/exhaustive-deps -- Later options are taken by the effect below.
    [client, key],
  );
  useLayoutEffect(() => poller?.configure(options));
  const { subscribe, snapshot } = poller ?? nothing;
  const polled = useSyncExternalStore<Polled<T>>(subscribe, snapshot, snapshot);
  const look = useCallback(async () => poller?.look(), [poller]);
  const taskId = options.taskId?.(polled.value) ?? null;
  const cancel = useCallback(async () => {
    if (taskId !== null) await client.cancel(taskId);
  }, [client, taskId]);
  return { ...polled, look, cancel };
}
