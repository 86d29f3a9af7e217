import { useEffect } from 'react';
import { loginAddress } from './browserSession.ts';
import type { AccountState } from './useAccount.ts';

/** Leads a person who is not logged in to the login page, and from there back. */
export function useLoginFirst({ name }: AccountState): void {
  useEffect(() => {
    if (name === 'out') location.replace(loginAddress(location));
  }, [name]);
}
