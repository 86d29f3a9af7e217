import type { TaskState, Watched } from '@handoff/client';

/**
 * Where a task is, for the person who waits. `idle`: there is none. `submitting`: it is being handed in. `connecting`:
 * nothing is known of it yet. `waiting`: it had begun and is to be tried again. `refused`: the server does not show it.
 */
export type TaskStatus = 'idle' | 'submitting' | 'connecting' | 'waiting' | 'refused' | TaskState;

export function statusOf({ task, connection, error }: Watched): TaskStatus {
  if (error !== null) return 'refused';
  const isUnknown = task.lastEvent === 0 && task.state === 'queued';
  if (isUnknown && (connection === 'connecting' || connection === 'interrupted')) return 'connecting';
  return task.state === 'queued' && task.waiting !== null ? 'waiting' : task.state;
}
