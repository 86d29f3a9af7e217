import type { TaskEvent } from './event.ts';
import type { CallOptions } from './http.ts';
import type { TaskView } from './taskView.ts';
import type { Connection, TaskWatch, Watched } from './watch.ts';

export type Followed<Result = unknown> = { readonly task: TaskView<Result>; readonly connection: Connection };

export type FollowOptions<Result = unknown> = CallOptions & {
  /** The number of the last event that the caller has. Chunks before it are not in the view's text. */
  readonly lastSeen?: number | undefined;
  readonly onChange?: ((followed: Followed<Result>) => void) | undefined;
};

/** Follows a shared watch to its end. A late follower gets the current view at once. */
export function followWatch<Result>(
  watch: TaskWatch,
  { signal, onChange }: FollowOptions<Result>,
): Promise<TaskView<Result>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    let shown: Watched | null = null;
    const finish = (end: () => void): void => {
      leave();
      signal?.removeEventListener('abort', onAbort);
      end();
    };
    const onAbort = (): void => finish(() => reject(signal?.reason));
    const notify = (): void => {
      const watched = watch.snapshot() as Watched<Result>;
      const { task, connection, error } = watched;
      try {
        if (shown?.task !== task || shown.connection !== connection) onChange?.({ task, connection });
      } catch (thrown) {
        return finish(() => reject(thrown));
      }
      shown = watched;
      if (connection === 'ended') finish(() => (error === null ? resolve(task) : reject(error)));
    };
    const leave = watch.subscribe(notify);
    signal?.addEventListener('abort', onAbort);
    if (watch.snapshot().connection === 'ended' || watch.events.length > 0) notify();
  });
}

/**
 * The events of a shared watch, from the first also for a late follower, and from the first again after a reset.
 */
export async function* eventsOf(
  watch: TaskWatch,
  signal: AbortSignal | undefined,
): AsyncGenerator<TaskEvent, void> {
  let wake = (): void => {};
  const leave = watch.subscribe(() => wake());
  const onAbort = (): void => wake();
  signal?.addEventListener('abort', onAbort);
  try {
    for (let [log, next] = [watch.events, 0]; ;) {
      signal?.throwIfAborted();
      if (watch.events !== log) [log, next] = [watch.events, 0];
      const event = log[next];
      const { connection, error } = watch.snapshot();
      if (event !== undefined) {
        next += 1;
        yield event;
      } else if (error !== null) throw error;
      else if (connection === 'ended') return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    leave();
    signal?.removeEventListener('abort', onAbort);
  }
}
