import { HandoffContext, usePoll } from '@handoff/react';
import { useContext, useEffect, useState } from 'react';
import type { Account } from '../../session/account.ts';
import { useStore } from '../../state/useStore.ts';
import type { ChatConfig } from './chatConfig.ts';
import { ChatSession } from './chatSession.ts';
import type { ChatState } from './chatState.ts';
import { imageUploads } from './imageUploads.ts';
import { conversationKeeper } from './keptConversation.ts';
import type { Poll, SatBuddyApi } from './satBuddyApi.ts';
import { satBuddyServer } from './satBuddyServer.ts';
import { outcomeOfView } from './taskOutcome.ts';

export type Chat = {
  readonly state: ChatState;
  readonly session: ChatSession;
  readonly attach: (files: readonly File[]) => void;
};

/** A poll without an answer is given up after this many intervals. */
const intervalsPerPoll = 5;

export function useChat(account: Account, config: ChatConfig): Chat {
  const client = useContext(HandoffContext);
  const [{ session, attach }] = useState(() => {
    const created = new ChatSession({
      api: satBuddyServer,
      config,
      keeper: conversationKeeper(localStorage, account.id, config.historyLimit),
      cancel: async (taskId) => void (await client.cancel(taskId)),
      prefersReducedMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
    });
    const previewOf = (file: File): string => URL.createObjectURL(file);
    return {
      session: created,
      attach: imageUploads(created, { config, upload: satBuddyServer.upload, previewOf }),
    };
  });
  return { state: useChatSession(session, config, satBuddyServer), session, attach };
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
