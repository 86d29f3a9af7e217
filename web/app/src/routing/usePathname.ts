import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}

/** Goes to a path of this application without loading a document. */
export function navigate(path: string): void {
  history.pushState(null, '', path);
  scrollTo(0, 0);
  listeners.forEach((listener) => listener());
}

/** The same, replacing the current entry of the history. */
export function replaceWith(path: string): void {
  history.replaceState(null, '', path);
  scrollTo(0, 0);
  listeners.forEach((listener) => listener());
}

export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}
