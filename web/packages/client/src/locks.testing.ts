type Waiting = {
  readonly grant: (lock: { name: string } | null) => Promise<unknown>;
  readonly signal?: AbortSignal;
};

/** Locks as a browser gives them to its pages; Node 20 has none. */
export class TestLocks {
  /** Names that were ever asked for. */
  readonly names = new Set<string>();
  /** Locks with such a name are held by a page that stands still. */
  frozen: RegExp | null = null;
  readonly #queues = new Map<string, Waiting[]>();

  request(name: string, options: LockOptions, callback: LockGrantedCallback<unknown>): Promise<unknown> {
    this.names.add(name);
    const { ifAvailable, signal } = options;
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    const isFrozen = this.frozen?.test(name) ?? false;
    if (ifAvailable && (queue.length > 0 || isFrozen)) return Promise.resolve(callback(null));
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { grant: async (lock) => callback(lock as Lock), ...(signal && { signal }) };
      const run = (): void => {
        void waiting
          .grant({ name })
          .then(resolve, reject)
          .finally(() => {
            queue.splice(queue.indexOf(waiting), 1);
            const next = queue[0] as (Waiting & { run?: () => void }) | undefined;
            next?.run?.();
          });
      };
      Object.assign(waiting, { run });
      queue.push(waiting);
      signal?.addEventListener('abort', () => {
        if (queue[0] !== waiting || isFrozen) queue.splice(queue.indexOf(waiting), 1);
        reject(signal.reason as Error);
      });
      if (queue[0] === waiting && !isFrozen) run();
    });
  }
}
