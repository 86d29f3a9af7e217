import {
  type Connection,
  type HandoffClient,
  HandoffError,
  type TaskView,
  type Watched,
  isTerminal,
} from '@handoff/client';

/** How your server's own status call is repeated. All times are in milliseconds. */
export type PollOptions<T> = {
  /** Calls the server once. A rejection is not an end: the call is repeated. */
  readonly read: (signal: AbortSignal) => Promise<T>;
  /** Whether an answer is the last one. */
  readonly isFinal: (value: T) => boolean;
  /** From the start of one call to the start of the next. A call that takes longer leaves the next one out. */
  readonly every: number;
  /** From the beginning to the first call; default 0. */
  readonly firstAfter?: number | undefined;
  /** A call without an answer is given up after this long; default 30,000. */
  readonly timeout?: number | undefined;
  /** After this long polling ends with the phase `late`, and a last call is made; by default it never ends. */
  readonly lateAfter?: number | undefined;
  /** Whether every change of the task that comes over a live connection starts `lateAfter` again; default false. */
  readonly eventsExtend?: boolean | undefined;
  /** How failed calls are repeated: `atMost` in a row, then the phase is `unreachable`; by default without an end. */
  readonly retry?: { readonly atMost: number; readonly every: number } | undefined;
  /** The id of the task behind the value, which may be known from the first answer only. Its events are followed. */
  readonly taskId?: ((value: T | null) => string | null | undefined) | undefined;
  /**
   * Reads the value from the task itself; null where the task does not tell it. With this option the server is called
   * only while events do not arrive live. Without it a change of the task makes the next call come at once.
   */
  readonly fromTask?: ((task: TaskView) => T | null) | undefined;
  /** Another live source in place of a task's events. */
  readonly feed?: Feed<T> | undefined;
  /** Called on every change, outside of rendering: for a store of your own. */
  readonly onChange?: ((polled: Polled<T>) => void) | undefined;
};

/** A live source of changes to a value. */
export type Feed<T> = {
  /** Names the source for this value; null for none. When the name changes, the source is opened again. */
  readonly keyOf: (value: T) => string | null;
  /** Opens the source, and returns what closes it. An update may arrive at any time. */
  readonly open: (update: (change: (value: T) => T) => void) => () => void;
};

/** What is known from polling. */
export type Polled<T> = {
  /** `idle`: nothing is polled. `open`: calls are made. The others are ends: `look` begins again. */
  readonly phase: 'idle' | 'open' | 'final' | 'late' | 'unreachable';
  /** The last answer; null before the first. */
  readonly value: T | null;
  /** Why the last call brought no answer; null when it brought one. */
  readonly error: unknown;
  /** The task's events so far; null while no task is known. */
  readonly task: TaskView | null;
  readonly connection: Connection | null;
};

export const idlePolled: Polled<never> = {
  phase: 'idle',
  value: null,
  error: null,
  task: null,
  connection: null,
};

const defaultTimeout = 30_000;

/** Polls while it is subscribed to and its phase is `open`; a store for `useSyncExternalStore`. */
export class Poller<T> {
  readonly #client: Pick<HandoffClient, 'watch'>;
  readonly #listeners = new Set<() => void>();
  #options: PollOptions<T>;
  #polled: Polled<T> = { ...idlePolled, phase: 'open' };
  #isRunning = false;
  #reading: AbortController | null = null;
  /** When the current call was due: intervals count from here, so that late timers do not add up. */
  #dueAt = 0;
  #failures = 0;
  #isLast = false;
  /** Whether something changed during the current call, whose answer may be older. */
  #isStale = false;
  /** Updates since the current call began: its answer may be older. */
  #updates: ((value: T) => T)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #lateFrom = 0;
  #live: { readonly key: string; readonly close: () => void } | null = null;

  constructor(client: Pick<HandoffClient, 'watch'>, options: PollOptions<T>) {
    this.#client = client;
    this.#options = options;
  }

  readonly snapshot = (): Polled<T> => this.#polled;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (!this.#isRunning && this.#polled.phase === 'open') this.#start(this.#options.firstAfter ?? 0);
    return () => {
      this.#listeners.delete(listener);
      // A component that remounts in the same turn, as in React's StrictMode, keeps its calls and connections.
      queueMicrotask(() => {
        if (this.#listeners.size === 0) this.#stop();
      });
    };
  };

  /** Takes other options; waits that have begun follow them. */
  configure(options: PollOptions<T>): void {
    const { every, lateAfter } = this.#options;
    this.#options = options;
    if (!this.#isRunning) return;
    if (options.lateAfter !== lateAfter) this.#armDeadline();
    if (options.every !== every && this.#reading === null && this.#failures === 0)
      this.#schedule(options.every);
  }

  /** Calls the server at once, and begins again if polling had ended. Resolves when the call has ended. */
  readonly look = (): Promise<void> => {
    this.#endCall();
    this.#show({ phase: 'open' });
    if (this.#listeners.size > 0) this.#start(null);
    return this.#read();
  };

  #start(firstAfter: number | null): void {
    this.#isRunning = true;
    this.#failures = 0;
    this.#isLast = false;
    this.#lateFrom = Date.now();
    this.#armDeadline();
    this.#follow();
    if (firstAfter === 0) void this.#read();
    else if (firstAfter !== null) this.#schedule(firstAfter);
  }

  #stop(): void {
    this.#isRunning = false;
    this.#endCall();
    clearTimeout(this.#timer);
    clearTimeout(this.#deadline);
    this.#live?.close();
    this.#live = null;
  }

  #end(phase: 'final' | 'late' | 'unreachable'): void {
    this.#stop();
    this.#show({ phase });
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    const dueAt = Date.now() + delay;
    this.#timer = setTimeout(() => {
      if (this.#isLive()) this.#schedule(this.#options.every);
      else void this.#read(dueAt);
    }, delay);
  }

  /** Whether the task tells everything itself, as it happens. */
  #isLive(): boolean {
    return this.#options.fromTask !== undefined && this.#polled.connection === 'live';
  }

  async #read(dueAt = Date.now()): Promise<void> {
    clearTimeout(this.#timer);
    const reading = new AbortController();
    const timeout = this.#isLast ? this.#options.every : (this.#options.timeout ?? defaultTimeout);
    const limit = setTimeout(
      () => reading.abort(new DOMException('No answer in time.', 'TimeoutError')),
      timeout,
    );
    this.#reading = reading;
    this.#dueAt = dueAt;
    this.#isStale = false;
    this.#updates = [];
    try {
      const answer = await unlessAborted(this.#options.read(reading.signal), reading.signal);
      if (this.#reading !== reading) return;
      this.#failures = 0;
      this.#take(this.#updates.reduce<T>((value, update) => update(value), answer));
    } catch (error) {
      if (this.#reading !== reading) return;
      this.#failures += 1;
      this.#show({ error: error ?? new HandoffError('No answer.', {}) });
    } finally {
      clearTimeout(limit);
    }
    this.#reading = null;
    if (this.#isRunning) this.#goOn();
  }

  #goOn(): void {
    const { every, retry } = this.#options;
    if (this.#isLast) return this.#end('late');
    if (retry !== undefined && this.#failures > retry.atMost) return this.#end('unreachable');
    if (this.#isStale) return void this.#read();
    if (retry !== undefined && this.#failures > 0) return this.#schedule(retry.every);
    this.#schedule(every - ((Date.now() - this.#dueAt) % every));
  }

  #endCall(): void {
    this.#reading?.abort();
    this.#reading = null;
  }

  #take(value: T): void {
    this.#show({ value, error: null });
    if (this.#options.isFinal(value)) {
      if (this.#polled.phase === 'open') this.#end('final');
    } else this.#follow();
  }

  #armDeadline(): void {
    clearTimeout(this.#deadline);
    const { lateAfter } = this.#options;
    if (lateAfter === undefined) return;
    const onDeadline = (): void => {
      // Changes of the task may have moved it on.
      if (this.#lateFrom + lateAfter > Date.now()) return this.#armDeadline();
      if (this.#reading !== null || this.#isLive()) return this.#end('late');
      this.#isLast = true;
      void this.#read();
    };
    this.#deadline = setTimeout(onDeadline, Math.max(0, this.#lateFrom + lateAfter - Date.now()));
  }

  /** Opens the live source that belongs to the value, and closes the one before. */
  #follow(): void {
    const { feed, taskId } = this.#options;
    const { value } = this.#polled;
    const key = feed === undefined ? taskId?.(value) : value === null ? null : feed.keyOf(value);
    if (!this.#isRunning || (key ?? null) === (this.#live?.key ?? null)) return;
    this.#live?.close();
    this.#live = null;
    if (key === null || key === undefined) return;
    let isOpen = true;
    const close =
      feed === undefined ? this.#watch(key) : feed.open((change) => isOpen && this.#update(change));
    this.#live = { key, close: () => ((isOpen = false), close()) };
  }

  #update(change: (value: T) => T): void {
    const { value } = this.#polled;
    this.#updates.push(change);
    if (value === null) return;
    const next = change(value);
    // Whether the server can be called is not known from an update: after a failure the calls go on.
    if (this.#polled.error === null) return this.#take(next);
    this.#show({ value: next });
    this.#follow();
  }

  #watch(taskId: string): () => void {
    const watch = this.#client.watch(taskId);
    let isOpen = true;
    const tell = (): void => {
      if (isOpen) this.#onTask(watch.snapshot());
    };
    const leave = watch.subscribe(tell);
    // A task that other components follow is known already.
    if (watch.snapshot().connection !== 'connecting') queueMicrotask(tell);
    return () => {
      isOpen = false;
      leave();
    };
  }

  #onTask({ task, connection }: Watched): void {
    const before = this.#polled.task;
    const isLive = connection === 'live' || this.#polled.connection === 'live';
    const { fromTask, eventsExtend } = this.#options;
    if (eventsExtend && isLive && task !== before) this.#lateFrom = Date.now();
    this.#show({ task, connection });
    const value = fromTask?.(task) ?? null;
    if (value !== null && task !== before) return this.#take(value);
    const isChanged =
      task.state !== before?.state || task.progress !== before.progress || task.waiting !== before.waiting;
    if (!isChanged || (fromTask !== undefined && !isTerminal(task.state))) return;
    if (this.#reading !== null) this.#isStale = true;
    else void this.#read();
  }

  #show(change: Partial<Polled<T>>): void {
    const next = { ...this.#polled, ...change };
    const keys = Object.keys(change) as (keyof Polled<T>)[];
    if (keys.every((key) => this.#polled[key] === next[key])) return;
    this.#polled = next;
    this.#options.onChange?.(next);
    for (const listener of this.#listeners) listener();
  }
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}
