/**
 * Calls back when a connection should be checked at once. `isCertain`: the browser came online or back from its
 * cache, so the old connection is dead. Otherwise the page became visible. Does nothing outside of browsers. Returns
 * the function that removes the listener.
 */
export function onWake(listener: (isCertain: boolean) => void): () => void {
  const onOnline = (): void => listener(true);
  const onShow = ({ persisted }: PageTransitionEvent): void => void (persisted && listener(true));
  const onVisible = (): void => void (document.visibilityState === 'visible' && listener(false));
  const page = typeof document === 'undefined' ? null : document;
  globalThis.addEventListener?.('online', onOnline);
  globalThis.addEventListener?.('pageshow', onShow);
  page?.addEventListener('visibilitychange', onVisible);
  return () => {
    globalThis.removeEventListener?.('online', onOnline);
    globalThis.removeEventListener?.('pageshow', onShow);
    page?.removeEventListener('visibilitychange', onVisible);
  };
}
