import { useCallback, useEffect, useState } from 'react';
import { type Account, readAccount } from './account.ts';
import { renewingFetch } from './browserSession.ts';

export type AccountState =
  | { readonly name: 'loading' }
  | { readonly name: 'in'; readonly account: Account }
  | { readonly name: 'out' }
  | { readonly name: 'unknown' };

/** Finds out who is logged in; `unknown` when the server could not be asked, and `retry` asks again. */
export function useAccount(): { readonly state: AccountState; readonly retry: () => void } {
  const [state, setState] = useState<AccountState>({ name: 'loading' });
  const [round, setRound] = useState(0);

  useEffect(() => {
    const asking = new AbortController();
    readAccount(renewingFetch, asking.signal)
      .then((account): AccountState => (account === null ? { name: 'out' } : { name: 'in', account }))
      .catch((): AccountState => ({ name: 'unknown' }))
      .then((next) => {
        if (!asking.signal.aborted) setState(next);
      });
    return () => asking.abort();
  }, [round]);

  const retry = useCallback(() => {
    setState({ name: 'loading' });
    setRound((last) => last + 1);
  }, []);
  return { state, retry };
}
