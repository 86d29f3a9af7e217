import { vi } from 'vitest';
import { type ChatConfig, defaultConfig } from './chatConfig.ts';
import type { Connection, TaskView } from '@handoff/client';
import { act } from '@testing-library/react';
import { FakeTasks } from '../../../../packages/react/src/tasks.testing.ts';
import { type RenderedHook, renderWithTasks } from '../../tasks.testing.tsx';
import { type ChatPorts, ChatSession } from './chatSession.ts';
import { type ChatEvent, type ChatState, emptyChat } from './chatState.ts';
import { chatReducer } from './chatReducer.ts';
import type { Ask, PracticeQuestion } from './conversation.ts';
import { keptHere } from './keptDraft.ts';
import type { Poll, SatBuddyApi } from './satBuddyApi.ts';
import { useChatSession } from './useChat.ts';

export const hello: Ask = { kind: 'chat', message: 'What is 2x = 8?', images: [] };

export const algebra: PracticeQuestion = {
  question: 'What is x if 2x = 8?',
  options: { A: '2', B: '4', C: '6', D: '8' },
  correctAnswer: 'B',
  explanation: 'Divide both sides by 2.',
};

/** The same question in the server's format. */
export const algebraOnTheWire = {
  question: algebra.question,
  options: algebra.options,
  correct_answer: 'B',
  explanation: algebra.explanation,
};

export const processing: Poll = { kind: 'processing', note: null };

export function answered(text: string): Poll {
  return { kind: 'ended', outcome: { kind: 'answer', text, byAi: true, streamed: false } };
}

/** The state after events, from an empty chat. */
export function chatAfter(...events: readonly ChatEvent[]): ChatState {
  return events.reduce(chatReducer, emptyChat);
}

/** A chat that waits for task t1, the answer to `hello`. */
export function waitingChat(...events: readonly ChatEvent[]): ChatState {
  return chatAfter({ type: 'asked', ask: hello }, { type: 'taskAccepted', taskId: 't1' }, ...events);
}

export function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  };
}

type OpenChat = {
  readonly session: ChatSession;
  readonly api: { readonly [K in keyof SatBuddyApi]: ReturnType<typeof vi.fn<SatBuddyApi[K]>> };
  readonly tasks: FakeTasks;
  readonly cancel: ReturnType<typeof vi.fn<ChatPorts['cancel']>>;
  readonly storage: Storage;
  readonly state: () => ChatState;
  readonly say: (connection: Connection, view?: Partial<TaskView>) => void;
  readonly open: () => void;
  readonly close: () => void;
};

/** A session on an open page, with a server that accepts everything as t1, t2, … and processes it for ever. */
export function openChat({
  storage = memoryStorage(),
  config = {},
  reducedMotion = false,
}: { storage?: Storage; config?: Partial<ChatConfig>; reducedMotion?: boolean } = {}): OpenChat {
  const cancel = vi.fn<ChatPorts['cancel']>(async () => {});
  let tasksSoFar = 0;
  const api = {
    readConfig: vi.fn<SatBuddyApi['readConfig']>(async () => defaultConfig),
    submit: vi.fn<SatBuddyApi['submit']>(async () => `t${(tasksSoFar += 1)}`),
    poll: vi.fn<SatBuddyApi['poll']>(async () => processing),
    upload: vi.fn<SatBuddyApi['upload']>(async ({ name }) => ({
      id: `id-${name}`,
      name,
      url: `/media/${name}`,
    })),
  };
  const limits = { ...defaultConfig, ...config };
  const session = new ChatSession({
    api,
    cancel,
    config: limits,
    keeper: keptHere(storage, 'u1', { id: 'c1', isNew: false }).draft,
    prefersReducedMotion: () => reducedMotion,
  });
  const tasks = new FakeTasks();
  let page: RenderedHook<ChatState> | null = null;
  const chat = {
    session,
    api,
    tasks,
    cancel,
    storage,
    state: session.snapshot,
    say: (connection: Connection, view?: Partial<TaskView>) => act(() => tasks.say(connection, view)),
    open: () => (page ??= renderWithTasks(() => useChatSession(session, limits, api), tasks)),
    close: () => {
      page?.unmount();
      page = null;
    },
  };
  chat.open();
  return chat;
}
