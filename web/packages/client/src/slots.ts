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

/** Whether another page without locks has claimed the connections, and this one was not looked at since. */
let isOutdone = false;
let claimed = 0;
const channels = new Map<string, BroadcastChannel>();
const listeners = new Set<() => void>();

/**
 * Whether this page may hold a connection open. It is visible and, where pages have no locks, the one that was loaded or
 * looked at last.
 */
export function mayHold(): boolean {
  if (typeof document === 'undefined' || isHidden()) return !isHidden();
  if (lockManager() !== null) return true;
  return typeof BroadcastChannel === 'undefined' ? document.hasFocus() : !isOutdone;
}

/** Calls back whenever `mayHold` may have changed. Returns the function that removes the listener. */
export function onHoldChange(listener: () => void): Release {
  const page = typeof document === 'undefined' ? null : document;
  const onLook = (): void => {
    if (!isHidden() && page?.hasFocus()) isOutdone = false;
    listener();
  };
  listeners.add(listener);
  page?.addEventListener('visibilitychange', onLook);
  if (page !== null) for (const type of ['focus', 'blur']) globalThis.addEventListener(type, onLook);
  return () => {
    listeners.delete(listener);
    page?.removeEventListener('visibilitychange', onLook);
    if (page !== null) for (const type of ['focus', 'blur']) globalThis.removeEventListener(type, onLook);
  };
}

/** Has the other pages let go of their connections to the server. */
function claim(server: string): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = channels.get(server) ?? new BroadcastChannel(`handoff:claim:${server}`);
  if (!channels.has(server)) {
    channels.set(server, channel);
    // Node, where tests of pages run, would wait for it.
    (channel as { unref?: () => void }).unref?.();
    channel.addEventListener('message', () => {
      isOutdone = true;
      for (const listener of listeners) listener();
    });
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel reaches its own origin only.
  channel.postMessage(null);
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
  if (lockManager() === null) return takeClaimed(server, connections);
  for (let slot = 0; slot < connections; slot += 1) {
    const release = await takeLock(`handoff:slot:${server}:${slot}`, { ifAvailable: true });
    if (release !== null) return release;
  }
  return null;
}

function takeClaimed(server: string, connections: number): Release | null {
  if (claimed >= connections) return null;
  claim(server);
  claimed += 1;
  return () => void (claimed -= 1);
}
