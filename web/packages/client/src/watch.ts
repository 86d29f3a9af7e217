import { HandoffError } from './error.ts';
import type { TaskEvent } from './event.ts';
import { type Sink, type Source, feed } from './feed.ts';
import { type Task, isTerminal } from './task.ts';
import { type TaskView, applyEvent, overlayTask, unseenTask } from './taskView.ts';

/**
 * How a task is followed. `live`: events arrive as they happen and none is missed. `polling`: streams are blocked,
 * and the task is polled every few seconds. `connecting`, `interrupted`: a connection is being opened. `ended`:
 * nothing follows.
 */
export type Connection = 'connecting' | 'live' | 'polling' | 'interrupted' | 'ended';

/** The state of a watch. `error` says why the server refuses to let the task be followed. */
export type Watched<Result = unknown> = {
  readonly task: TaskView<Result>;
  readonly connection: Connection;
  readonly error: HandoffError | null;
};

/**
 * The events of one task for any number of subscribers. The connection opens with the first and closes with the last
 * one. With the next subscriber it resumes.
 */
export class TaskWatch {
  #view: TaskView;
  #watched: Watched;
  /** The view of the events that was shown last; a polled task may cover it. */
  #shown: TaskView;
  #polled: Task | null = null;
  #gapAfter = -1;
  #opened: AbortController | null = null;
  #log: TaskEvent[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #source: Omit<Source, 'signal'>;

  constructor(source: Omit<Source, 'signal'>, lastSeen = 0) {
    this.#source = source;
    this.#view = unseenTask(lastSeen);
    this.#shown = this.#view;
    this.#watched = { task: this.#view, connection: 'connecting', error: null };
  }

  readonly snapshot = (): Watched => this.#watched;

  /** All events received, in order. The array only grows; after a reset it is another one. */
  get events(): readonly TaskEvent[] {
    return this.#log;
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#opened === null) this.#open();
    return () => {
      this.#listeners.delete(listener);
      // A component that remounts in the same turn, as in React's StrictMode, keeps the connection.
      queueMicrotask(() => {
        if (!this.isWatched) this.#close();
      });
    };
  };

  /** The task was retried: it has not ended any more. */
  readonly resume = (task: Task): void => {
    if (this.#opened !== null || this.#isFinal()) return;
    this.#show({ task: overlayTask(this.#view, task), connection: 'connecting', error: null });
    if (this.isWatched) this.#open();
  };

  #open(): void {
    if (this.#isFinal()) return;
    const opened = new AbortController();
    this.#opened = opened;
    this.#watched = { ...this.#watched, connection: 'connecting', error: null };
    const { signal } = opened;
    const end = (error: HandoffError | null): void => {
      if (signal.aborted) return;
      this.#opened = null;
      this.#show({ ...this.#watched, connection: 'ended', error });
    };
    feed({ ...this.#source, signal }, this.#sink(signal)).then(
      () => end(null),
      (error: unknown) =>
        end(error instanceof HandoffError ? error : new HandoffError(String(error), { cause: error })),
    );
  }

  #close(): void {
    this.#opened?.abort();
    this.#opened = null;
  }

  #sink(signal: AbortSignal): Sink {
    const show = (watched: Watched): void => void (signal.aborted || this.#show(watched));
    return {
      last: () => this.#view.lastEvent,
      onEvents: (events, connection) => {
        if (signal.aborted) return;
        for (const event of events) this.#apply(event);
        const task = this.#view === this.#shown ? this.#watched.task : this.#view;
        this.#shown = this.#view;
        show({ task, connection: this.#isFinal() ? 'ended' : connection, error: null });
      },
      onReset: () => {
        if (signal.aborted) return;
        this.#view = unseenTask();
        this.#log = [];
        this.#gapAfter = -1;
      },
      onQueue: (queue) => {
        if (!signal.aborted) this.#view = { ...this.#view, queue };
      },
      onTask: (task) => {
        const isNew = task !== this.#polled;
        this.#polled = task;
        const view = isNew ? overlayTask(this.#view, task) : this.#watched.task;
        show({ task: view, connection: 'polling', error: null });
      },
      onInterrupted: () => show({ ...this.#watched, connection: 'interrupted' }),
      isFinal: () => this.#isFinal(),
      isTerminal: () => isTerminal(this.#watched.task.state),
    };
  }

  #apply(event: TaskEvent): void {
    const last = this.#view.lastEvent;
    if (event.seq <= last) return;
    if (event.seq > last + 1 && this.#gapAfter !== last) {
      // Numbers have no gaps, so an event was lost. It is requested once more; what the server sends then counts.
      this.#gapAfter = last;
      throw new HandoffError(`The event after number ${last} was lost on the way.`, {});
    }
    this.#log.push(event);
    this.#view = applyEvent(this.#view, event);
  }

  #isFinal(): boolean {
    return [this.#view, this.#watched.task].some(({ state }) => isTerminal(state) && state !== 'failed');
  }

  #show(watched: Watched): void {
    const { task, connection, error } = this.#watched;
    if (watched.task === task && watched.connection === connection && watched.error === error) return;
    this.#watched = watched;
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (thrown) {
        // An error of one listener is reported, and the others are still called.
        queueMicrotask(() => {
          throw thrown;
        });
      }
    }
  }
}
