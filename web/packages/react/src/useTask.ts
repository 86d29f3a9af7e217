import {
  type Connection,
  type HandoffError,
  type TaskView,
  type TaskWatch,
  cancelTask,
  taskWatches,
} from '@handoff/client';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';

/** How hooks reach the server; `cancel` and `watchOf` come from the same options. */
export type Handoff = {
  readonly watchOf: (id: string) => TaskWatch;
  readonly cancel: (id: string) => Promise<void>;
};

/** The server at this page's own origin, with its cookies. */
export const ownOrigin: Handoff = { watchOf: taskWatches(), cancel: (id) => cancelTask(id) };

/** Replaces the server that the hooks below it talk to. */
export const HandoffContext = createContext<Handoff>(ownOrigin);

export type UsedTask = {
  readonly task: TaskView;
  readonly connection: Connection;
  readonly error: HandoffError | null;
  /** Asks the server to stop the task; rejects with a `HandoffError`. */
  readonly stop: () => Promise<void>;
};

/** Follows a task while the component is mounted; components with the same id share one connection. */
export function useTask(id: string): UsedTask {
  const { watchOf, cancel } = useContext(HandoffContext);
  const watch = watchOf(id);
  const watched = useSyncExternalStore(watch.subscribe, watch.snapshot, watch.snapshot);
  const stop = useCallback(() => cancel(id), [cancel, id]);
  return { ...watched, stop };
}
