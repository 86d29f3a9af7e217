import { useEffect } from 'react';
import { safeNext } from '../../routing/safeNext.ts';
import type { AccountState } from '../../session/useAccount.ts';

const lastSentOn = 'handoff-sent-on';
const soon = 10_000;

/**
 * Sends a person who is logged in after all (asking renewed the login) to where they wanted to be. When that led
 * straight back here, they are not sent again, so that a server of another opinion cannot start a loop.
 */
export function useWayOn(state: AccountState): void {
  useEffect(() => {
    if (state.name !== 'in') return;
    const now = Date.now();
    const sentAt = Number(sessionStorage.getItem(lastSentOn) ?? 0);
    if (now - sentAt < soon) return;
    sessionStorage.setItem(lastSentOn, String(now));
    location.replace(safeNext(location.search, location.origin));
  }, [state]);
}
