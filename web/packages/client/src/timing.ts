/** Resolves after the delay in milliseconds; rejects with the signal's reason as soon as it aborts. */
export function pause(delay: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, delay);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export type Watchdog = {
  /** Aborts after silence, when the caller aborts, and on `stop`, which also closes the connection. */
  readonly signal: AbortSignal;
  readonly restart: () => void;
  readonly stop: () => void;
  /** The promise's outcome, or a rejection on abort: not every stream heeds its request's signal. */
  readonly unlessAborted: <T>(promise: Promise<T>) => Promise<T>;
};

/** A signal that aborts unless `restart` is called at least every `silence` milliseconds. */
export function watchdog(silence: number, outer?: AbortSignal): Watchdog {
  const controller = new AbortController();
  const { signal } = controller;
  const onSilence = (): void =>
    controller.abort(new DOMException('Nothing was received in time.', 'TimeoutError'));
  const onOuter = (): void => controller.abort(outer?.reason);
  let timer = setTimeout(onSilence, silence);
  outer?.addEventListener('abort', onOuter, { once: true });
  if (outer?.aborted) onOuter();

  return {
    signal,
    restart: () => {
      clearTimeout(timer);
      timer = setTimeout(onSilence, silence);
    },
    stop: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', onOuter);
      controller.abort();
    },
    unlessAborted: (promise) =>
      new Promise((resolve, reject) => {
        const onAbort = (): void => reject(signal.reason);
        if (signal.aborted) onAbort();
        signal.addEventListener('abort', onAbort, { once: true });
        promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
      }),
  };
}
