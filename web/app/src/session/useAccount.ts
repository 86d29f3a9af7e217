import { useMemo } from 'react';
import { useLoad } from '../state/useLoad.ts';
import { type Account, readAccount } from './account.ts';
import { renewingFetch } from './browserSession.ts';

export type AccountState =
  | { readonly name: 'loading' }
  | { readonly name: 'in'; readonly account: Account }
  | { readonly name: 'out' }
  | { readonly name: 'unknown' };

const read = (signal: AbortSignal): Promise<Account | 'nobody'> =>
  readAccount(renewingFetch, signal).then((account) => account ?? 'nobody');

/** Finds out who is logged in; `unknown` when the server could not be asked, and `retry` asks again. */
export function useAccount(): { readonly state: AccountState; readonly retry: () => Promise<void> } {
  const { load, reload } = useLoad(read);
  const state = useMemo((): AccountState => {
    if (load.name === 'loading') return load;
    if (load.name === 'failed') return { name: 'unknown' };
    return load.value === 'nobody' ? { name: 'out' } : { name: 'in', account: load.value };
  }, [load]);
  return { state, retry: reload };
}
