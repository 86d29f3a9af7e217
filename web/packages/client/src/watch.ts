import { HandoffError } from './error.ts';
import { type Connection, followTask } from './follow.ts';
import type { CallOptions } from './http.ts';
import { type TaskView, unseenTask } from './taskView.ts';

/** What a watcher shows; `error` is set when the server refuses to let the task be followed. */
export type Watched = {
  readonly task: TaskView;
  readonly connection: Connection;
  readonly error: HandoffError | null;
};

const unwatched: Watched = { task: unseenTask(), connection: 'connecting', error: null };

/**
 * One task's events shared by any number of watchers: the connection opens with the first and closes with the last.
 */
export class TaskWatch {
  #watched: Watched = unwatched;
  #listeners = new Set<() => void>();
  #connection: AbortController | null = null;
  readonly id: string;
  readonly #options: CallOptions;

  constructor(id: string, options: CallOptions = {}) {
    this.id = id;
    this.#options = options;
  }

  readonly snapshot = (): Watched => this.#watched;

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#open();
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#close();
    };
  };

  #open(): void {
    if (this.#watched.connection === 'ended') return;
    const connection = new AbortController();
    this.#connection = connection;
    const { signal } = connection;
    this.#show(unwatched);
    followTask(this.id, {
      ...this.#options,
      signal,
      onChange: (followed) => this.#show({ ...followed, error: null }),
    }).catch((error: unknown) => {
      if (signal.aborted) return;
      const refusal =
        error instanceof HandoffError ? error : new HandoffError(String(error), { cause: error });
      this.#show({ ...this.#watched, connection: 'ended', error: refusal });
    });
  }

  #close(): void {
    this.#connection?.abort();
    this.#connection = null;
  }

  #show(watched: Watched): void {
    if (watched === this.#watched) return;
    this.#watched = watched;
    this.#listeners.forEach((listener) => listener());
  }
}

/** How many unwatched tasks are remembered before they are swept. */
const remembered = 100;

/** Returns the same watch for the same id, so that all watchers share one connection. */
export function taskWatches(options: CallOptions = {}): (id: string) => TaskWatch {
  const watches = new Map<string, TaskWatch>();
  return (id) => {
    const known = watches.get(id);
    if (known !== undefined) return known;
    if (watches.size >= remembered) {
      for (const [oldId, old] of watches) if (!old.isWatched) watches.delete(oldId);
    }
    const watch = new TaskWatch(id, options);
    watches.set(id, watch);
    return watch;
  };
}
