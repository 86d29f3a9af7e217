import {
  type Connection,
  type HandoffClient,
  type TaskView,
  type Watched,
  unseenTask,
} from '@handoff/client';

type FakeWatch = { watched: Watched; readonly listeners: Set<() => void> };

/** Tasks whose events come from a test, in place of a client's connections. */
export class FakeTasks {
  readonly #watches = new Map<string, FakeWatch>();
  readonly cancelled: string[] = [];

  /** A client that only follows and cancels. */
  readonly client = {
    watch: (id: string) => {
      const { listeners } = this.#watch(id);
      return {
        snapshot: () => this.#watch(id).watched,
        subscribe: (listener: () => void) => {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      };
    },
    cancel: async (id: string) => void this.cancelled.push(id),
  } as unknown as HandoffClient;

  /** Gives every task a view and a connection, and notifies its followers. */
  say(connection: Connection, view: Partial<TaskView> = {}): void {
    for (const watch of this.#watches.values()) {
      watch.watched = { connection, error: null, task: { ...unseenTask(), state: 'processing', ...view } };
      for (const listener of watch.listeners) listener();
    }
  }

  get open(): number {
    return [...this.#watches.values()].filter(({ listeners }) => listeners.size > 0).length;
  }

  #watch(id: string): FakeWatch {
    const known = this.#watches.get(id);
    if (known !== undefined) return known;
    const watched: Watched = { connection: 'connecting', error: null, task: unseenTask() };
    const created = { watched, listeners: new Set<() => void>() };
    this.#watches.set(id, created);
    return created;
  }
}
