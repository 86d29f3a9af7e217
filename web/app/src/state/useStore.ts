import { useSyncExternalStore } from 'react';
import type { Store } from './Store.ts';

export function useStore<State>(store: Store<State>): State {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
