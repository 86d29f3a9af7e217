import { HandoffError, unreadable } from './error.ts';
import { type TaskEvent, isTaskEvent, parseTaskEvent } from './event.ts';
import { type ClientOptions, type Send, json } from './http.ts';
import { type Transport, isBlocked, isRefusal, startRoute } from './route.ts';
import { sseParser } from './sse.ts';
import type { Place } from './tab.ts';
import { type QueuePlace, type Task, isTerminal } from './task.ts';
import { type Timing, backoff, pause, watchdog } from './timing.ts';
import { onWake } from './wake.ts';

/** Receives what a feed reads. */
export type Sink = {
  /** The number of the last event received. */
  readonly last: () => number;
  /** Bytes arrived: events, or a ping. Events that were received before may be among them. */
  readonly onEvents: (events: readonly TaskEvent[], connection: 'live' | 'polling') => void;
  /** The server has another log than before. What was received so far is void; all events follow. */
  readonly onReset: () => void;
  /** The place of the task in its line changed. What arrived with it follows with `onEvents`. */
  readonly onQueue: (queue: QueuePlace | null) => void;
  /** The task was polled, because its events cannot be read. */
  readonly onTask: (task: Task) => void;
  readonly onInterrupted: () => void;
  /** Whether no event can follow. A failed task may be retried, so only the end of its stream is the end. */
  readonly isFinal: () => boolean;
  readonly isTerminal: () => boolean;
};

/** When a connection may be held, and how long to wait between two polls: in a browser the tabs agree on it. */
export type Turns = {
  readonly sink: Sink;
  /** Takes the right to hold a connection and returns its release; null when the task is to be polled. */
  readonly take: () => Promise<(() => void) | null>;
  readonly rest: (wait: number, signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
};

export type Source = {
  readonly taskId: string;
  readonly send: Send;
  readonly readTask: (signal: AbortSignal) => Promise<Task>;
  readonly timing: Timing;
  readonly options: ClientOptions;
  readonly signal: AbortSignal;
};

type Transfer = Source & {
  readonly sink: Sink;
  /** Whether it is unknown that this transport works: then its answer must arrive soon. */
  readonly isProbe: boolean;
};

/** Why a transfer was broken off: this tab may hold a connection now, or may not any more. */
const turned = new DOMException('Another tab is looked at.', 'AbortError');

/**
 * Reads a task's events until it ends. Begins with a stream. Where streams are blocked it uses long polls, then plain
 * polls, and tries streams again later. After an interruption it resumes after the last event. Rejects with a
 * `HandoffError` when the server refuses, and with the signal's reason on abort.
 */
export async function feed(source: Source, sink: Sink): Promise<void> {
  const { timing, signal, taskId, options } = source;
  const route = startRoute(timing);
  let transfer = new AbortController();
  let [canWake, isProbe] = [true, true];
  const onTurn = (): void => void (canWake && transfer.abort(turned));
  const turns = await turnsOf({ taskId, options, timing, sink, onTurn });
  const arrivals = arrivalsAt(turns.sink);
  const stopWaking = onWake((isCertain) => {
    if (!canWake || (!isCertain && Date.now() - arrivals.lastAt < timing.silence / 2)) return;
    route.reset();
    transfer.abort();
  });
  const stop = (): void => transfer.abort();
  signal.addEventListener('abort', stop);

  try {
    for (;;) {
      signal.throwIfAborted();
      if (transfer.signal.aborted) transfer = new AbortController();
      const woken = transfer.signal;
      const [before, arrived] = [sink.last(), arrivals.count];
      const release = await turns.take();
      const transport = release === null ? 'poll' : route.transport();
      const now: Transfer = { ...source, sink: arrivals.sink, signal: woken, isProbe };
      const outcome = await transfers[transport](now).catch(failure).finally(release);
      signal.throwIfAborted();
      if (sink.isFinal()) return;
      if (woken.reason === turned) continue;
      if (sink.isTerminal()) {
        // A failed task may be retried. It has ended if a request for later events returns none.
        if (sink.last() === before) return;
        if (outcome.error === null) continue;
      }
      let wait = outcome.wait;
      if (outcome.error === null && transport !== 'stream') {
        route.answered();
        isProbe = false;
      } else {
        arrivals.sink.onInterrupted();
        isProbe = true;
        if (woken.aborted) continue;
        if (outcome.error !== null && isRefusal(outcome.error, transport, sink.last() > 0))
          throw outcome.error;
        const blocked = isBlocked(outcome.error, transport, arrivals.count > arrived);
        route.failed({ brought: sink.last() !== before, blocked });
        canWake = outcome.error === null || wait === 0;
        wait = Math.max(wait, blocked ? 0 : backoff(route.failures(), timing));
      }
      if (wait > 0) await turns.rest(wait, woken).catch(() => {});
      canWake = true;
    }
  } finally {
    stopWaking();
    signal.removeEventListener('abort', stop);
    transfer.abort();
    turns.close();
  }
}

/** Counts when bytes of events arrive at a sink. */
function arrivalsAt(sink: Sink): { readonly sink: Sink; count: number; lastAt: number } {
  const arrivals = {
    count: 0,
    lastAt: Date.now(),
    sink: {
      ...sink,
      onEvents: (...events: Parameters<Sink['onEvents']>) => {
        arrivals.count += 1;
        arrivals.lastAt = Date.now();
        sink.onEvents(...events);
      },
    },
  };
  return arrivals;
}

/** Outside of browsers every follower is alone. Where the code that lets tabs agree cannot be loaded, tasks are polled. */
async function turnsOf(place: Place): Promise<Turns> {
  const alone = { sink: place.sink, rest: pause, close: () => {} };
  if (typeof location === 'undefined') return { ...alone, take: async () => () => {} };
  try {
    const { Tab } = await import('./inBrowser.ts');
    return await Tab.enter(place);
  } catch {
    return { ...alone, take: async () => null };
  }
}

/** How a transfer ended, and how long to wait before the next one. */
type Outcome = { readonly wait: number; readonly error: unknown };

const failure = (error: unknown): Outcome => ({
  error,
  wait: error instanceof HandoffError ? error.retryAfter : 0,
});

const transfers: Readonly<Record<Transport, (transfer: Transfer) => Promise<Outcome>>> = {
  stream: async (transfer) => ({ error: null, wait: await readStream(transfer) }),
  longPoll: async (transfer) => {
    const startedAt = Date.now();
    const wait = transfer.isProbe ? 0 : transfer.timing.longPoll;
    const brought = await readEvents(transfer, wait, 'live');
    if (brought || wait === 0 || Date.now() - startedAt > transfer.timing.poll / 2)
      return { error: null, wait: 0 };
    // The server did not hold the poll: the task has ended, or a proxy answered early.
    await readEnd(transfer);
    return { error: null, wait: transfer.timing.poll };
  },
  poll: async (transfer) => {
    const { sink, readTask, signal, timing } = transfer;
    const task = await readTask(signal);
    let brought = true;
    // A log that is shorter than what was received is another one; the answer then says `reset`.
    while (task.lastEvent !== sink.last() && brought)
      brought = await readEvents(transfer, 0, 'polling').catch(() => false);
    if (task.lastEvent > sink.last()) sink.onTask(task);
    else sink.onEvents([], 'polling');
    return { error: null, wait: timing.poll };
  },
};

const eventsPath = (taskId: string): string => `/tasks/${encodeURIComponent(taskId)}/events`;

/** Reads the events after the last one, waiting up to `wait` seconds for one; returns whether any arrived. */
async function readEvents(
  transfer: Transfer,
  wait: number,
  connection: 'live' | 'polling',
): Promise<boolean> {
  const { taskId, send, sink, signal } = transfer;
  const before = sink.last();
  const path = `${eventsPath(taskId)}?after=${before}&wait=${wait}`;
  const events = await send(path, {
    taskId,
    signal,
    wait,
    read: async (response) => {
      if (response.status === 204) return null;
      const page = await json<{ events?: unknown; reset?: unknown }>(taskId)(response);
      if (!Array.isArray(page.events)) throw unreadable(response, taskId);
      if (page.reset === true) sink.onReset();
      return page.events.filter(isTaskEvent);
    },
  });
  if (events === null) await readEnd(transfer);
  else sink.onEvents(events, connection);
  return sink.last() !== before;
}

/** Reads one stream until it ends or the task does; returns the reconnect delay that the server asks for. */
async function readStream(transfer: Transfer): Promise<number> {
  const { taskId, send, sink, signal, timing } = transfer;
  const guard = watchdog(timing.firstByte, signal);
  let wait = 0;
  const last = sink.last();
  const body = async (response: Response): Promise<boolean> => {
    if (response.status === 204) return false;
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (!isStream || response.body === null) throw unreadable(response, taskId);
    let events: TaskEvent[] = [];
    const parse = sseParser({
      onEvent: ({ type, data }) => {
        if (type === 'reset') {
          events = [];
          sink.onReset();
        }
        if (type === 'queue') {
          sink.onEvents(events, 'live');
          events = [];
          return sink.onQueue(JSON.parse(data));
        }
        const event = parseTaskEvent(data);
        if (event !== null) events.push(event);
      },
      onRetry: (delay) => (wait = delay),
    });
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { value, done } = await guard.unlessAborted(reader.read());
      if (done) return true;
      guard.restart(timing.silence);
      parse(decoder.decode(value, { stream: true }));
      sink.onEvents(events, 'live');
      events = [];
      if (sink.isFinal()) return true;
    }
  };
  const headers = { accept: 'text/event-stream', 'last-event-id': last > 0 ? `${last}` : undefined };
  if (!(await send(eventsPath(taskId), { taskId, signal, guard, headers, read: body })))
    await readEnd(transfer);
  return wait;
}

/** No event is left: reads the task if its end is not known yet. */
async function readEnd({ sink, readTask, signal }: Transfer): Promise<void> {
  if (sink.isTerminal()) return;
  const task = await readTask(signal);
  if (isTerminal(task.state) && task.lastEvent <= sink.last()) sink.onTask(task);
}
