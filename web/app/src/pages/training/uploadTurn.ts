/** Uploads at once in all tabs: over HTTP/1.1 a browser opens six connections to the server, and calls need the others. */
const atOnce = 2;

/** Does the work when its turn among the uploads of all tabs has come; where tabs cannot agree, at once. */
export function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { locks?: LockManager };
  if (locks === undefined) return work();
  return new Promise((resolve, reject) => {
    const waiting = new AbortController();
    let isBegun = false;
    const stop = (): void => waiting.abort(signal.reason);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    const begin = async (): Promise<void> => {
      if (isBegun) return;
      isBegun = true;
      waiting.abort();
      await work().then(resolve, reject);
    };
    for (let turn = 0; turn < atOnce; turn += 1)
      locks
        .request(`handoff:upload:${turn}`, { signal: waiting.signal }, begin)
        .catch((error: unknown) => isBegun || reject(error as Error))
        .finally(() => signal.removeEventListener('abort', stop));
  });
}
