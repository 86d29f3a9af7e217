/** Limits and waits, in milliseconds unless said otherwise. */
export type Timing = {
  /** Limit of an ordinary call, on top of the wait that the call asks for. */
  readonly answer: number;
  /** A stream without its first byte after this long counts as blocked by a proxy. */
  readonly firstByte: number;
  /**
   * A stream without bytes for this long counts as dead. The server pings every 15 s, so two pings are missing.
   */
  readonly silence: number;
  /** Wait after the first failure. It doubles up to `longestBackoff`; jitter shortens it by up to a half. */
  readonly backoff: number;
  readonly longestBackoff: number;
  /** Seconds for which a long poll asks the server to wait. */
  readonly longPoll: number;
  /** Between two plain polls. */
  readonly poll: number;
  /** Between two plain polls of a page that is hidden. */
  readonly hiddenPoll: number;
  /** Wait before blocked streams are tried again. It doubles up to tenfold while they fail. */
  readonly streamAgain: number;
};

export const defaultTiming: Timing = {
  answer: 30_000,
  firstByte: 5_000,
  silence: 35_000,
  backoff: 1_000,
  longestBackoff: 30_000,
  longPoll: 25,
  poll: 2_000,
  hiddenPoll: 15_000,
  streamAgain: 60_000,
};

/** The wait after this many failures, shortened by up to a half so that tabs do not reconnect together. */
export function backoff(failures: number, { backoff: first, longestBackoff }: Timing): number {
  const full = Math.min(longestBackoff, first * 2 ** Math.max(0, failures - 1));
  return full * (1 - Math.random() / 2);
}

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
  /** Allows this many milliseconds of silence from now on. */
  readonly restart: (silence: number) => void;
  readonly stop: () => void;
  /** The promise's outcome, or a rejection on abort. Not every stream reacts to its request's signal. */
  readonly unlessAborted: <T>(promise: Promise<T>) => Promise<T>;
};

/** A signal that aborts unless `restart` is called within the silence last allowed. */
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
    restart: (allowed) => {
      clearTimeout(timer);
      timer = setTimeout(onSilence, allowed);
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
