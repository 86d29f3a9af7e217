import type { TaskState, Watched } from '@handoff/client';

/**
 * The state of a task for users. `idle`: there is none. `submitting`: it is being submitted. `connecting`: nothing is
 * known about it yet. `waiting`: it waits for its next attempt. `refused`: the server does not show it.
 */
export type TaskStatus = 'idle' | 'submitting' | 'connecting' | 'waiting' | 'refused' | TaskState;

export function statusOf({ task, connection, error }: Watched): TaskStatus {
  if (error !== null) return 'refused';
  const isUnknown = task.lastEvent === 0 && task.state === 'queued';
  if (isUnknown && (connection === 'connecting' || connection === 'interrupted')) return 'connecting';
  return task.state === 'queued' && task.waiting !== null ? 'waiting' : task.state;
}
