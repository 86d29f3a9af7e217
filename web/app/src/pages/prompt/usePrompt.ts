import { createClient } from '@handoff/client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Account } from '../../session/account.ts';
import { ownFetch } from '../../session/browserSession.ts';
import { promptKeeper } from './keptPrompt.ts';
import { type Overview, promptApi } from './promptApi.ts';
import { PromptSession, type Snapshot } from './promptSession.ts';

/** The request of a person in this browser, looked at while the component is mounted. */
export function usePrompt(
  account: Account,
  overview: Overview,
): Snapshot & { readonly session: PromptSession } {
  const [session] = useState(() => startSession(account, overview));
  const snapshot = useSyncExternalStore(session.subscribe, session.snapshot);
  useEffect(() => {
    session.open();
    return () => session.close();
  }, [session]);
  return { ...snapshot, session };
}

function startSession(account: Account, overview: Overview): PromptSession {
  const tasks = createClient({ fetch: ownFetch });
  return new PromptSession({
    api: promptApi(ownFetch),
    pace: overview,
    follow: (taskId, signal, onChange) => tasks.follow(taskId, { signal, onChange }),
    keeper: promptKeeper(localStorage, account.id),
  });
}
