import { HandoffError } from './error.ts';
import { parseTaskEvent } from './event.ts';
import { type CallOptions, callTask, taskUrl } from './http.ts';
import { sseParser } from './sse.ts';
import { isTerminal } from './task.ts';
import { type TaskView, applyEvent, unseenTask } from './taskView.ts';
import { pause, watchdog } from './timing.ts';

/**
 * How a follower stands: `live` means that bytes arrive and nothing is missed; while `connecting` or
 * `interrupted` the caller may poll; `ended` is final.
 */
export type Connection = 'connecting' | 'live' | 'interrupted' | 'ended';

export type Followed = { readonly task: TaskView; readonly connection: Connection };

export type FollowOptions = CallOptions & {
  /** The number of the last event the caller already has; chunks before it are not in the view's text. */
  readonly lastSeen?: number | undefined;
  readonly onChange?: ((followed: Followed) => void) | undefined;
  /** A source of numbers in [0, 1) for the jitter of reconnects. */
  readonly random?: (() => number) | undefined;
};

/** The server pings every 15 s: after two missing pings and some slack the connection counts as dead. */
const silenceBeforeStall = 35_000;
const firstBackoff = 1_000;
const longestBackoff = 30_000;

/**
 * Follows a task's events to its end and returns the last view. Reconnects by itself, resuming after the last
 * event seen; rejects with a `HandoffError` when the server refuses (unknown task, not logged in), and with the
 * signal's reason when the caller aborts.
 */
export async function followTask(id: string, options: FollowOptions = {}): Promise<TaskView> {
  const { signal, onChange, random = Math.random } = options;
  let task = unseenTask(options.lastSeen);
  let connection: Connection = 'connecting';
  let failures = 0;

  const report = (nextTask: TaskView, nextConnection: Connection): void => {
    if (nextTask === task && nextConnection === connection) return;
    [task, connection] = [nextTask, nextConnection];
    onChange?.({ task, connection });
  };

  for (;;) {
    const before = task.lastEvent;
    let wait = 0;
    try {
      wait = await readStream(id, task, options, (view) => report(view, isFinal(view) ? 'ended' : 'live'));
    } catch (error) {
      signal?.throwIfAborted();
      if (isRefusal(error)) throw error;
      if (error instanceof HandoffError) wait = error.retryAfter;
    }
    if (isTerminal(task.state)) {
      report(task, 'ended');
      return task;
    }
    report(task, 'interrupted');
    failures = task.lastEvent > before ? 0 : failures + 1;
    await pause(Math.max(wait, backoff(failures, random)), signal);
  }
}

/** Reads one connection until it ends or the task does; returns the wait that the server asked for. */
async function readStream(
  id: string,
  start: TaskView,
  options: FollowOptions,
  onView: (view: TaskView) => void,
): Promise<number> {
  let task = start;
  let wait = 0;
  const parse = sseParser({
    onEvent: ({ data }) => {
      const event = parseTaskEvent(data);
      if (event !== null) task = applyEvent(task, event);
    },
    onRetry: (delay) => (wait = delay),
  });
  const guard = watchdog(silenceBeforeStall, options.signal);
  try {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (start.lastEvent > 0) headers['last-event-id'] = String(start.lastEvent);
    const url = taskUrl(id, options, '/events');
    const response = await callTask(id, url, { headers, cache: 'no-store', signal: guard.signal }, options);
    const reader = streamOf(response, id).getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { value, done } = await guard.unlessAborted(reader.read());
      if (done) return wait;
      guard.restart();
      parse(decoder.decode(value, { stream: true }));
      onView(task);
      if (isFinal(task)) return wait;
    }
  } finally {
    guard.stop();
  }
}

function streamOf(response: Response, taskId: string): ReadableStream<Uint8Array> {
  const contentType = response.headers.get('content-type') ?? '';
  if (response.body !== null && contentType.startsWith('text/event-stream')) return response.body;
  throw new HandoffError('The server answered with something other than an event stream.', {
    status: 406,
    taskId,
  });
}

/** Whether nothing can follow. A failed task may have been retried: there the end of the stream is the end. */
function isFinal(view: TaskView): boolean {
  return isTerminal(view.state) && view.state !== 'failed';
}

/** Whether asking again cannot help. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof HandoffError)) return false;
  return error.status >= 400 && error.status < 500 && ![408, 425, 429].includes(error.status);
}

/** 1, 2, 4 … 30 s after as many fruitless tries, each shortened by up to a half so that tabs do not return together. */
function backoff(failures: number, random: () => number): number {
  const full = Math.min(longestBackoff, firstBackoff * 2 ** Math.max(0, failures - 1));
  return full * (1 - random() / 2);
}
