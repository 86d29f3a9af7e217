import type { ModuleStatus } from './trainingApi.ts';

export type ModuleWait = {
  readonly poll: (signal: AbortSignal) => Promise<ModuleStatus>;
  /** Milliseconds between two looks. */
  readonly every: number;
  /** Milliseconds after which nobody looks any more. */
  readonly atMost: number;
  /** Follows the work live until the signal ends it, and tells of each change. */
  readonly follow: (signal: AbortSignal, onChange: () => void) => void;
  readonly onStatus: (status: ModuleStatus) => void;
  readonly onTimeout: () => void;
};

/**
 * Looks at once and then again and again until the module is ready or has failed. A look that fails is silently
 * repeated; the live stream only makes the next look come sooner. Returns what stops it.
 */
export function waitForModule(wait: ModuleWait): () => void {
  const ending = new AbortController();
  let looking = false;
  let again = false;
  const look = async (): Promise<void> => {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    try {
      const status = await wait.poll(ending.signal);
      if (ending.signal.aborted) return;
      if (status.status !== 'processing') stop();
      wait.onStatus(status);
    } catch {
      // The next look repeats it.
    } finally {
      looking = false;
    }
    if (again && !ending.signal.aborted) {
      again = false;
      void look();
    }
  };
  const timer = setInterval(() => void look(), wait.every);
  const deadline = setTimeout(() => {
    stop();
    wait.onTimeout();
  }, wait.atMost);
  const stop = (): void => {
    clearInterval(timer);
    clearTimeout(deadline);
    ending.abort();
  };
  void look();
  wait.follow(ending.signal, () => void look());
  return stop;
}
