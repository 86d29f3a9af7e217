import type { TaskEvent } from './event.ts';
import { type CallOptions, type ClientOptions, type Send, json, sender, timingOf } from './http.ts';
import type { Batch, BatchReceipt, Submission, Task, TaskState, TaskSummary } from './task.ts';
import { taskReader } from './taskReader.ts';
import type { TaskView } from './taskView.ts';
import { type FollowOptions, eventsOf, followWatch } from './following.ts';
import { TaskWatch } from './watch.ts';

export type SubmitOptions = CallOptions &
  Omit<Submission, 'type' | 'request'> & {
    /** How many seconds (1 to 60) the answer may wait for the task's end. */
    readonly wait?: number | undefined;
    /** Names this submit; the same key never makes a second task. By default a new one for each call. */
    readonly idempotencyKey?: string | undefined;
  };

export type ListOptions = CallOptions & {
  readonly state?: TaskState | undefined;
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  /** Tasks a request, 1 to 200; the listing itself goes on to the last. */
  readonly limit?: number | undefined;
};

export type BatchOptions = CallOptions & {
  /** `atomic` (the default) submits all or none; `each` submits those that are good. */
  readonly mode?: 'atomic' | 'each' | undefined;
  readonly idempotencyKey?: string | undefined;
};

/** A server's tasks. Calls reject with a `HandoffError`, or with the signal's reason on abort. */
export type HandoffClient = {
  /** Hands a task in and answers it as it then stands. Repeated by itself when no answer comes. */
  submit<Result = unknown>(type: string, request: unknown, options?: SubmitOptions): Promise<Task<Result>>;
  /** The task as it stands, or at its end if that comes within `wait` seconds. */
  get<Result = unknown>(
    id: string,
    options?: CallOptions & { readonly wait?: number },
  ): Promise<Task<Result>>;
  /** The bare result; status 409 while there is none. */
  result<Result = unknown>(id: string, options?: CallOptions): Promise<Result>;
  /** Ends an open task; one that has ended stays as it is. */
  cancel(id: string, options?: CallOptions): Promise<Task>;
  /** Starts a failed task again. */
  retry(id: string, options?: CallOptions): Promise<Task>;
  /** All tasks, newest first, fetched page by page as they are read. */
  list(options?: ListOptions): AsyncGenerator<TaskSummary, void>;
  submitBatch(tasks: readonly Submission[], options?: BatchOptions): Promise<BatchReceipt>;
  batch(id: string, options?: CallOptions): Promise<Batch>;
  cancelBatch(id: string, options?: CallOptions): Promise<Batch>;
  /** Follows a task to its end, over any interruption, and answers its last view. */
  follow<Result = unknown>(id: string, options?: FollowOptions<Result>): Promise<TaskView<Result>>;
  /** The task's events from the first, or from behind `lastSeen`, to its end: each once, in their order. */
  events(id: string, options?: FollowOptions): AsyncGenerator<TaskEvent, void>;
  /** The shared watch of a task: a store to subscribe to. */
  watch(id: string, lastSeen?: number): TaskWatch;
};

/** Watches that nobody uses are forgotten when there are more than this. */
const remembered = 50;
const triesPerCall = 4;

/** A client of one server; all that follow a task through it share one connection. */
export function createClient(options: ClientOptions = {}): HandoffClient {
  const timing = timingOf(options);
  const send = sender(options, timing);
  const readTask = taskReader(send);
  const watches = new Map<string, TaskWatch>();

  const watch = (id: string, lastSeen = 0): TaskWatch => {
    const key = `${lastSeen} ${id}`;
    const known = watches.get(key);
    if (known !== undefined) return known;
    if (watches.size >= remembered) {
      for (const [oldKey, old] of watches) if (!old.isWatched) watches.delete(oldKey);
    }
    const read = (signal: AbortSignal): Promise<Task> => readTask(id, { signal, tries: 1 });
    const created = new TaskWatch({ taskId: id, send, timing, readTask: read }, lastSeen);
    watches.set(key, created);
    return created;
  };

  return {
    ...calls(send),
    get: (id, { wait, signal } = {}) => readTask(id, { wait, signal, tries: triesPerCall }),
    retry: async (id, { signal } = {}) => {
      // Not repeated by itself: a second one would be refused although the first was heard.
      const task = await send(`${taskPath(id)}/retry`, post<Task>({ signal, taskId: id }));
      for (const [key, retried] of watches) if (key.endsWith(` ${id}`)) retried.resume(task);
      return task;
    },
    follow: (id, follow = {}) => followWatch(watch(id, follow.lastSeen), follow),
    events: (id, follow = {}) => eventsOf(watch(id, follow.lastSeen), follow.signal),
    watch,
  };
}

type PlainCalls = Omit<HandoffClient, 'get' | 'retry' | 'follow' | 'events' | 'watch'>;

function calls(send: Send): PlainCalls {
  const tries = triesPerCall;
  return {
    submit: (type, request, { signal, wait, idempotencyKey, ...details } = {}) =>
      send('/tasks', {
        ...post({ signal, body: { type, request, ...details } }),
        tries,
        wait,
        headers: { ...preferring(wait), 'idempotency-key': idempotencyKey ?? newKey() },
      }),
    result: (id, { signal } = {}) =>
      send(`${taskPath(id)}/result`, { signal, tries, taskId: id, read: json(id) }),
    cancel: (id, { signal } = {}) =>
      send(`${taskPath(id)}/cancel`, { ...post({ signal, taskId: id }), tries }),
    list: ({ signal, ...query } = {}) => pages(send, query, signal),
    submitBatch: (tasks, { signal, mode = 'atomic', idempotencyKey = newKey() } = {}) =>
      send('/batches', {
        ...post({ signal, body: { mode, tasks } }),
        tries,
        headers: { 'idempotency-key': idempotencyKey },
      }),
    batch: (id, { signal } = {}) => send(batchPath(id), { signal, tries, read: json() }),
    cancelBatch: (id, { signal } = {}) => send(`${batchPath(id)}/cancel`, { ...post({ signal }), tries }),
  };
}

async function* pages(
  send: Send,
  query: Omit<ListOptions, 'signal'>,
  signal: AbortSignal | undefined,
): AsyncGenerator<TaskSummary, void> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, `${value}`);
  type Page = { readonly tasks: readonly TaskSummary[]; readonly next: string | null };
  for (;;) {
    const path = `/tasks?${parameters}`;
    const page: Page = await send(path, { signal, tries: triesPerCall, read: json<Page>() });
    yield* page.tasks;
    if (page.next === null) return;
    parameters.set('cursor', page.next);
  }
}

type Post = CallOptions & { readonly body?: unknown; readonly taskId?: string };

function post<T>({
  taskId,
  ...rest
}: Post): { method: 'POST'; read: (response: Response) => Promise<T> } & Post {
  return { ...rest, ...(taskId !== undefined && { taskId }), method: 'POST', read: json<T>(taskId) };
}

const taskPath = (id: string): string => `/tasks/${encodeURIComponent(id)}`;
const batchPath = (id: string): string => `/batches/${encodeURIComponent(id)}`;

function preferring(wait: number | undefined): { prefer?: string } {
  return wait === undefined ? {} : { prefer: `wait=${wait}` };
}

/** 128 random bits; `randomUUID` is missing on pages that do not come over HTTPS. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
