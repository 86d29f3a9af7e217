import type { TaskEvent } from './event.ts';
import { type CallOptions, type ClientOptions, type Send, json, sender, timingOf } from './http.ts';
import type { Batch, BatchReceipt, Submission, Task, TaskState, TaskSummary } from './task.ts';
import { taskReader } from './taskReader.ts';
import type { TaskView } from './taskView.ts';
import { type FollowOptions, eventsOf, followWatch } from './following.ts';
import type { Held, Reading } from './held.ts';
import { TaskWatch } from './watch.ts';

export type SubmitOptions = CallOptions &
  Omit<Submission, 'type' | 'request'> & {
    /** Seconds (1 to 60) for which the server may hold its answer until the task ends. */
    readonly wait?: number | undefined;
    /** Identifies this submit: the same key never creates a second task. Default: a new key for each call. */
    readonly idempotencyKey?: string | undefined;
  };

export type ListOptions = CallOptions & {
  readonly state?: TaskState | undefined;
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  /** Tasks per request, 1 to 200. The listing goes on to the last task. */
  readonly limit?: number | undefined;
};

export type BatchOptions = CallOptions & {
  /** `atomic` (the default) submits all or none; `each` submits those that the server accepts. */
  readonly mode?: 'atomic' | 'each' | undefined;
  readonly idempotencyKey?: string | undefined;
};

/** The tasks of a server. Calls reject with a `HandoffError`, or with the signal's reason on abort. */
export type HandoffClient = {
  /**
   * Submits a task and resolves with it. Repeated when no answer arrives, which never creates a second task.
   */
  submit<Result = unknown>(type: string, request: unknown, options?: SubmitOptions): Promise<Task<Result>>;
  /** Resolves with the task: at its end if it ends within `wait` seconds, else as it is then. */
  get<Result = unknown>(
    id: string,
    options?: CallOptions & { readonly wait?: number },
  ): Promise<Task<Result>>;
  /** Resolves with the result alone; rejects with status 409 while there is none. */
  result<Result = unknown>(id: string, options?: CallOptions): Promise<Result>;
  /** Cancels an open task. A task that has ended stays as it is. */
  cancel(id: string, options?: CallOptions): Promise<Task>;
  /** Starts a failed task again, under its id. Sent once: it is not repeated when no answer arrives. */
  retry(id: string, options?: CallOptions): Promise<Task>;
  /** All tasks, newest first. Pages are fetched as they are read. */
  list(options?: ListOptions): AsyncGenerator<TaskSummary, void>;
  submitBatch(tasks: readonly Submission[], options?: BatchOptions): Promise<BatchReceipt>;
  batch(id: string, options?: CallOptions): Promise<Batch>;
  cancelBatch(id: string, options?: CallOptions): Promise<Batch>;
  /** Follows a task to its end, over any interruption, and resolves with its last view. */
  follow<Result = unknown>(id: string, options?: FollowOptions<Result>): Promise<TaskView<Result>>;
  /**
   * The task's events from the first, or from the one after `lastSeen`, to its end: each once and in order.
   */
  events(id: string, options?: FollowOptions): AsyncGenerator<TaskEvent, void>;
  /** The shared watch of a task: a store for frameworks. The same call returns the same watch. */
  watch(id: string, lastSeen?: number): TaskWatch;
};

/** Above this number, watches without a subscriber are removed. */
const remembered = 50;
const triesPerCall = 4;

/** Creates a client of one server. All followers of a task share one connection of the client. */
export function createClient(options: ClientOptions = {}): HandoffClient {
  const timing = timingOf(options);
  const send = sender(options, timing);
  const readTask = taskReader(send);
  const within = heldBy({ options, timing, readTask, tries: triesPerCall });
  const watches = new Map<string, TaskWatch>();

  const watch = (id: string, lastSeen = 0): TaskWatch => {
    const key = `${lastSeen} ${id}`;
    const known = watches.get(key);
    if (known !== undefined) return known;
    if (watches.size >= remembered) {
      for (const [oldKey, old] of watches) if (!old.isWatched) watches.delete(oldKey);
    }
    const read = (signal: AbortSignal): Promise<Task> => readTask(id, { signal, tries: 1 });
    const created = new TaskWatch({ taskId: id, send, timing, options, readTask: read }, lastSeen);
    watches.set(key, created);
    return created;
  };

  return {
    ...calls(send, within),
    get: (id, { wait, signal } = {}) =>
      wait === undefined ? readTask(id, { signal, tries: triesPerCall }) : within.read(id, wait, signal),
    retry: async (id, { signal } = {}) => {
      // Not repeated: the server would refuse the second retry although the first one arrived.
      const task = await send(`${taskPath(id)}/retry`, post<Task>({ signal, taskId: id }));
      for (const [key, retried] of watches) if (key.endsWith(` ${id}`)) retried.resume(task);
      return task;
    },
    follow: (id, follow = {}) => followWatch(watch(id, follow.lastSeen), follow),
    events: (id, follow = {}) => eventsOf(watch(id, follow.lastSeen), follow.signal),
    watch,
  };
}

/** Calls that the server holds: in a browser only while a connection is free. */
function heldBy(reading: Reading): Held {
  const { readTask, tries } = reading;
  const inPage = async (): Promise<Held | null> => {
    if (typeof location === 'undefined') return null;
    return import('./inBrowser.ts').then(
      ({ held }) => held(reading),
      () => null,
    );
  };
  return {
    read: async (id, wait, signal) =>
      (await inPage())?.read(id, wait, signal) ?? readTask(id, { wait, signal, tries }),
    submit: async (wait, signal, send) =>
      (wait === undefined ? null : await inPage())?.submit(wait, signal, send) ?? send(wait),
  };
}

type PlainCalls = Omit<HandoffClient, 'get' | 'retry' | 'follow' | 'events' | 'watch'>;

function calls(send: Send, within: Held): PlainCalls {
  const tries = triesPerCall;
  return {
    submit: <Result>(
      type: string,
      request: unknown,
      { signal, wait, idempotencyKey = newKey(), ...details }: SubmitOptions = {},
    ) =>
      within.submit<Result>(wait, signal, (seconds) =>
        send('/tasks', {
          ...post({ signal, body: { type, request, ...details } }),
          tries,
          wait: seconds,
          headers: { ...preferring(seconds), 'idempotency-key': idempotencyKey },
        }),
      ),
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

/** 128 random bits. `randomUUID` is missing on pages that are not served over HTTPS. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
