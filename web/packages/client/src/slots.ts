/** Ends what was taken. */
export type Release = () => void;

/** The connections that all tabs of a browser may hold open to a server together. */
export type Limits = { readonly server: string; readonly connections: number };

/** Null outside of browsers, and on pages that are not served over HTTPS. */
export function lockManager(): LockManager | null {
  return typeof location === 'undefined' ? null : (globalThis.navigator?.locks ?? null);
}

export function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}

/**
 * Whether this page may hold a connection open: it is visible and, where pages cannot agree, has the focus, which one
 * page of a browser has at a time.
 */
export function mayHold(): boolean {
  if (typeof document === 'undefined') return true;
  return !isHidden() && (lockManager() !== null || document.hasFocus());
}

/** Calls back whenever `mayHold` may have changed. Returns the function that removes the listener. */
export function onHoldChange(listener: () => void): Release {
  const page = typeof document === 'undefined' ? null : document;
  if (page === null) return () => {};
  page.addEventListener('visibilitychange', listener);
  for (const type of ['focus', 'blur']) globalThis.addEventListener(type, listener);
  return () => {
    page.removeEventListener('visibilitychange', listener);
    for (const type of ['focus', 'blur']) globalThis.removeEventListener(type, listener);
  };
}

/** Takes a lock and resolves with its release; with null when it is not available, forbidden or aborted. */
export function takeLock(name: string, options: LockOptions): Promise<Release | null> {
  return new Promise((resolve) => {
    const request = lockManager()?.request(name, options, (lock) =>
      lock === null ? resolve(null) : new Promise<void>((release) => resolve(() => release())),
    );
    if (request === undefined) resolve(null);
    else request.catch(() => resolve(null));
  });
}

/** Takes the right to hold a connection open; null when all are taken or this page may have none. */
export async function takeSlot({ server, connections }: Limits): Promise<Release | null> {
  if (!mayHold()) return null;
  if (lockManager() === null) return () => {};
  for (let slot = 0; slot < connections; slot += 1) {
    const release = await takeLock(`handoff:slot:${server}:${slot}`, { ifAvailable: true });
    if (release !== null) return release;
  }
  return null;
}
