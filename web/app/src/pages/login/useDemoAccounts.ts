import { useEffect, useState } from 'react';
import { type DemoAccount, readDemoAccounts } from '../../session/account.ts';
import { plainFetch } from '../../session/browserSession.ts';

/** The accounts of a demo server; empty elsewhere, and until they are loaded. */
export function useDemoAccounts(): readonly DemoAccount[] {
  const [accounts, setAccounts] = useState<readonly DemoAccount[]>([]);
  useEffect(() => {
    const asking = new AbortController();
    void readDemoAccounts(plainFetch, asking.signal).then((known) => {
      if (!asking.signal.aborted) setAccounts(known);
    });
    return () => asking.abort();
  }, []);
  return accounts;
}
