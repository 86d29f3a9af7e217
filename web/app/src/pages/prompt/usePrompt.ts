import { createClient } from '@handoff/client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Account } from '../../session/account.ts';
import { ownFetch } from '../../session/browserSession.ts';
import { batchKeeper, promptKeeper } from './keptPrompt.ts';
import { type Overview, promptApi } from './promptApi.ts';
import { type BatchState, PromptBatch } from './promptBatch.ts';
import { type PromptPorts, PromptSession, type Snapshot } from './promptSession.ts';

export type OwnersPrompts = Snapshot & {
  readonly session: PromptSession;
  readonly batch: PromptBatch;
  readonly batchState: BatchState;
};

/** The requests of a person in this browser, looked at while the component is mounted. */
export function usePrompt(account: Account, overview: Overview, saved: string | null): OwnersPrompts {
  const [{ session, batch }] = useState(() => start(account, overview, saved));
  const snapshot = useSyncExternalStore(session.subscribe, session.snapshot);
  const batchState = useSyncExternalStore(batch.subscribe, batch.snapshot);
  useEffect(() => {
    session.open();
    batch.open();
    return () => {
      session.close();
      batch.close();
    };
  }, [session, batch]);
  return { ...snapshot, session, batch, batchState };
}

function start(
  account: Account,
  overview: Overview,
  saved: string | null,
): { readonly session: PromptSession; readonly batch: PromptBatch } {
  const tasks = createClient({ fetch: ownFetch });
  const follow: PromptPorts['follow'] = (taskId, signal, onChange) =>
    tasks.follow(taskId, { signal, onChange });
  const ports = { api: promptApi(ownFetch), pace: overview, follow };
  const own = promptKeeper(localStorage, account.id);
  const keeper = {
    ...own,
    // Where nothing was begun, with what the owner saved, perhaps elsewhere.
    read: () => {
      const kept = own.read();
      return kept.notes === '' && kept.taskId === null ? { ...kept, notes: saved ?? '' } : kept;
    },
  };
  return {
    session: new PromptSession({ ...ports, keeper }),
    batch: new PromptBatch({ ...ports, keeper: batchKeeper(localStorage, account.id) }),
  };
}
