import { createClient } from '@handoff/client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Account } from '../../session/account.ts';
import { ownFetch } from '../../session/browserSession.ts';
import type { ChatConfig } from './chatConfig.ts';
import { ChatSession } from './chatSession.ts';
import type { ChatState } from './chatState.ts';
import { imageUploads } from './imageUploads.ts';
import { conversationKeeper } from './keptConversation.ts';
import { satBuddyApi } from './satBuddyApi.ts';

export type Chat = {
  readonly state: ChatState;
  readonly session: ChatSession;
  readonly attach: (files: readonly File[]) => void;
};

/** The conversation of a person in this browser, open while the component is mounted. */
export function useChat(account: Account, config: ChatConfig): Chat {
  const [{ session, attach }] = useState(() => startChat(account, config));
  const state = useSyncExternalStore(session.subscribe, session.snapshot);
  useEffect(() => {
    session.open();
    return () => session.close();
  }, [session]);
  return { state, session, attach };
}

function startChat(account: Account, config: ChatConfig): Omit<Chat, 'state'> {
  const api = satBuddyApi(ownFetch);
  const tasks = createClient({ fetch: ownFetch });
  const session = new ChatSession({
    api,
    config,
    keeper: conversationKeeper(localStorage, account.id, config.historyLimit),
    follow: (taskId, signal, onChange) => tasks.follow(taskId, { signal, onChange }),
    cancel: async (taskId) => void (await tasks.cancel(taskId)),
    prefersReducedMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  const attach = imageUploads(session, {
    config,
    upload: api.upload,
    previewOf: (file) => URL.createObjectURL(file),
  });
  return { session, attach };
}
