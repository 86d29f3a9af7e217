import { type CallOptions, callTask, taskUrl } from './http.ts';
import type { Task } from './task.ts';

/** Reads a task as it is now; fails with status 404 for an unknown, expired or foreign id. */
export async function getTask(id: string, options: CallOptions = {}): Promise<Task> {
  const response = await callTask(id, taskUrl(id, options), requestOf('GET', options), options);
  return (await response.json()) as Task;
}

/** Asks the server to stop a task; a task that has already ended stays as it is. */
export async function cancelTask(id: string, options: CallOptions = {}): Promise<void> {
  await callTask(id, taskUrl(id, options, '/cancel'), requestOf('POST', options), options);
}

function requestOf(method: string, { signal }: CallOptions): RequestInit {
  return { method, headers: { accept: 'application/json' }, ...(signal && { signal }) };
}
