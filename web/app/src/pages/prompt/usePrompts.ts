import { usePoll } from '@handoff/react';
import { useState } from 'react';
import type { Account } from '../../session/account.ts';
import { useStore } from '../../state/useStore.ts';
import type { Overview, PromptPoll } from './promptApi.ts';
import { PromptBatch } from './promptBatch.ts';
import { batchKeeper, promptKeeper } from './promptKeepers.ts';
import { promptServer } from './promptServer.ts';
import { PromptSession, type PromptSnapshot } from './promptSession.ts';

export type OwnersPrompts = { readonly session: PromptSession; readonly batch: PromptBatch };

/** The prompts of a person in this browser. */
export function usePrompts(account: Account): OwnersPrompts {
  const [prompts] = useState((): OwnersPrompts => {
    return {
      session: new PromptSession({ api: promptServer, keeper: promptKeeper(localStorage, account.id) }),
      batch: new PromptBatch({ api: promptServer, keeper: batchKeeper(localStorage, account.id) }),
    };
  });
  return prompts;
}

/** A prompt and its task, which is polled while the component is mounted. */
export function usePromptSession(
  session: PromptSession,
  { pollEvery, pollFor }: Pick<Overview, 'pollEvery' | 'pollFor'>,
): PromptSnapshot {
  const snapshot = useStore(session);
  const taskId = snapshot.state.name === 'running' ? snapshot.taskId : null;
  usePoll<PromptPoll>(taskId, {
    read: (signal) => promptServer.poll(taskId ?? '', signal),
    isFinal: ({ kind }) => kind !== 'open',
    every: pollEvery,
    lateAfter: pollFor,
    retry: { atMost: 3, every: 2_000 },
    taskId: () => taskId,
    onChange: session.take,
  });
  return snapshot;
}
