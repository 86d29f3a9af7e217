import { HandoffContext, usePoll } from '@handoff/react';
import { useCallback, useContext, useEffect, useState } from 'react';
import type { Account } from '../../session/account.ts';
import { useStore } from '../../state/useStore.ts';
import type { ChatConfig } from './chatConfig.ts';
import { ChatSession } from './chatSession.ts';
import type { ChatState } from './chatState.ts';
import { imageUploads } from './imageUploads.ts';
import { ConversationSync, type SyncState } from './conversationSync.ts';
import type { WholeConversation } from './conversationsApi.ts';
import { keptHere } from './keptDraft.ts';
import type { Poll, SatBuddyApi } from './satBuddyApi.ts';
import { conversationsServer, satBuddyServer } from './satBuddyServer.ts';
import { outcomeOfView } from './taskOutcome.ts';

export type Chat = {
  readonly state: ChatState;
  readonly session: ChatSession;
  readonly sync: SyncState;
  readonly attach: (files: readonly File[]) => void;
  /** Keeps nothing any more, here and on the server: the person has logged out. */
  readonly forget: () => void;
};

/** A conversation that is open in this page. */
export type OpenConversation = {
  readonly id: string;
  /** What the server has of it; null for nothing yet. */
  readonly whole: WholeConversation | null;
};

/** A poll without an answer is given up after this many intervals. */
const intervalsPerPoll = 5;

type ChatOptions = { readonly account: Account; readonly config: ChatConfig };

/** `conversation` is read once: another one needs another component. */
export function useChat(conversation: OpenConversation, { account, config }: ChatOptions): Chat {
  const client = useContext(HandoffContext);
  const [{ session, sync, attach }] = useState(() => {
    const { id, whole } = conversation;
    const here = keptHere(localStorage, account.id, { id, isNew: whole === null });
    const created = new ChatSession({
      api: { submit: (ask, history) => satBuddyServer.submit(ask, history, id) },
      config,
      keeper: here.draft,
      cancel: async (taskId) => void (await client.cancel(taskId)),
      prefersReducedMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
    });
    const previewOf = (file: File): string => URL.createObjectURL(file);
    return {
      session: created,
      sync: new ConversationSync(
        { id, session: created, api: conversationsServer, outbox: here.outbox },
        whole,
      ),
      attach: imageUploads(created, { config, upload: satBuddyServer.upload, previewOf }),
    };
  });
  useEffect(() => {
    sync.open();
    return () => sync.close();
  }, [sync]);
  const forget = useCallback(() => {
    sync.stop();
    session.forget();
  }, [sync, session]);
  const state = useChatSession(session, config, satBuddyServer);
  return { state, session, sync: useStore(sync), attach, forget };
}

/** The state of a session, whose task is followed while the component is mounted: live, or else by polls. */
export function useChatSession(
  session: ChatSession,
  { pollEvery, pollAtMost }: ChatConfig,
  api: Pick<SatBuddyApi, 'poll'>,
): ChatState {
  const state = useStore(session);
  const { phase } = state;
  const taskId = phase.name === 'waiting' && !phase.stopping ? phase.taskId : null;
  usePoll<Poll>(taskId, {
    read: (signal) => api.poll(taskId ?? '', signal),
    isFinal: ({ kind }) => kind === 'ended',
    every: pollEvery,
    firstAfter: pollEvery,
    timeout: pollEvery * intervalsPerPoll,
    lateAfter: pollEvery * pollAtMost,
    eventsExtend: true,
    taskId: () => taskId,
    fromTask: (task) => {
      const outcome = outcomeOfView(task);
      return outcome === null ? null : { kind: 'ended', outcome };
    },
    onChange: session.take,
  });
  useEffect(() => {
    session.open();
    return () => session.close();
  }, [session]);
  useEffect(() => {
    if (phase.name !== 'timedOut') return;
    // The network is there again, or the computer has woken up.
    const onReturn = (): void => {
      if (document.visibilityState === 'visible') session.dispatch({ type: 'checkedAgain' });
    };
    addEventListener('online', onReturn);
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      removeEventListener('online', onReturn);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [session, phase.name]);
  return state;
}
