import { type CallOptions, type Send, json } from './http.ts';
import type { Task } from './task.ts';

type ReadOptions = CallOptions & { readonly wait?: number | undefined; readonly tries: number };

export type TaskReader = <Result>(id: string, options: ReadOptions) => Promise<Task<Result>>;

/** Number of tasks that are kept, so that the server need not send them again. */
const kept = 100;

/** Returns a reader of tasks. A task that has not changed is the same object again. */
export function taskReader(send: Send): TaskReader {
  const known = new Map<string, { readonly tag: string; readonly task: Task }>();

  return async <Result>(id: string, { wait, ...options }: ReadOptions): Promise<Task<Result>> => {
    const before = wait === undefined ? known.get(id) : undefined;
    const task = await send<Task>(`/tasks/${encodeURIComponent(id)}`, {
      ...options,
      wait,
      taskId: id,
      headers: { 'if-none-match': before?.tag, prefer: wait === undefined ? undefined : `wait=${wait}` },
      read: async (response) => {
        if (response.status === 304 && before !== undefined) return before.task;
        const read = await json<Task>(id)(response);
        const tag = response.headers.get('etag');
        known.delete(id);
        if (tag !== null) known.set(id, { tag, task: read });
        if (known.size > kept) known.delete(known.keys().next().value ?? id);
        return read;
      },
    });
    return task as Task<Result>;
  };
}
