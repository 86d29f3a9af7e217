import { useEffect } from 'react';
import { safeNext } from '../../routing/safeNext.ts';
import type { AccountState } from '../../session/useAccount.ts';

const lastSentOn = 'handoff-sent-on';
const soon = 10_000;

/**
 * Sends a person who is logged in (reading the account may have renewed the login) to the page that required the
 * login. When that page leads straight back, they stay, so that there is no loop.
 */
export function useRedirectLoggedIn(state: AccountState): void {
  useEffect(() => {
    if (state.name !== 'in') return;
    const now = Date.now();
    const sentAt = Number(sessionStorage.getItem(lastSentOn) ?? 0);
    if (now - sentAt < soon) return;
    sessionStorage.setItem(lastSentOn, String(now));
    location.replace(safeNext(location.search, location.origin));
  }, [state]);
}
