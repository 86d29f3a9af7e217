/**
 * Tells when waiting for a connection any longer is pointless: the browser came online or back from its cache (a
 * certain sign that the old connection is dead), or the page is looked at again. Does nothing outside of browsers.
 * Returns the function that ends it.
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
