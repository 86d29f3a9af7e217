import type { Connection, HandoffError, TaskView, Watched } from '@handoff/client';
import { useCallback, useContext, useSyncExternalStore } from 'react';
import { HandoffContext } from './handoffContext.ts';
import { type TaskStatus, statusOf } from './taskStatus.ts';

export type UsedTask<Result = unknown> = {
  /** Null while there is no task. */
  readonly task: TaskView<Result> | null;
  readonly status: TaskStatus;
  readonly connection: Connection;
  /** Why the server does not let the task be followed; a failure of the task itself is in `task.error`. */
  readonly error: HandoffError | null;
  /** Cancels the task; rejects with a `HandoffError`. */
  readonly cancel: () => Promise<void>;
  /** Starts a failed task again; rejects with a `HandoffError`. */
  readonly retry: () => Promise<void>;
};

const nothing = { subscribe: () => () => {}, snapshot: (): Watched | null => null };

/**
 * Follows a task while the component is mounted; null follows nothing. Components with the same id share one
 * connection.
 */
export function useTask<Result = unknown>(id: string | null): UsedTask<Result> {
  const client = useContext(HandoffContext);
  const { subscribe, snapshot } = id === null ? nothing : client.watch(id);
  const watched = useSyncExternalStore(subscribe, snapshot, snapshot) as Watched<Result> | null;
  const cancel = useCallback(async () => {
    if (id !== null) await client.cancel(id);
  }, [client, id]);
  const retry = useCallback(async () => {
    if (id !== null) await client.retry(id);
  }, [client, id]);
  return {
    task: watched?.task ?? null,
    status: watched === null ? 'idle' : statusOf(watched),
    connection: watched?.connection ?? 'connecting',
    error: watched?.error ?? null,
    cancel,
    retry,
  };
}
