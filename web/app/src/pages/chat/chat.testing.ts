import { vi } from 'vitest';
import { type ChatConfig, defaultConfig } from './chatConfig.ts';
import type { Followed, TaskView } from '@handoff/client';
import { unseenTask } from '@handoff/client';
import { type ChatPorts, ChatSession } from './chatSession.ts';
import { type ChatEvent, type ChatState, emptyChat } from './chatState.ts';
import { chatReducer } from './chatReducer.ts';
import type { Ask, PracticeQuestion } from './conversation.ts';
import { conversationKeeper } from './keptConversation.ts';
import type { Poll, SatBuddyApi } from './satBuddyApi.ts';

export const hello: Ask = { kind: 'chat', message: 'What is 2x = 8?', images: [] };

export const algebra: PracticeQuestion = {
  question: 'What is x if 2x = 8?',
  options: { A: '2', B: '4', C: '6', D: '8' },
  correctAnswer: 'B',
  explanation: 'Divide both sides by 2.',
};

/** The same question as the server writes it. */
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

/** A chat that waits for task t1, which answers `hello`. */
export function waitingChat(...events: readonly ChatEvent[]): ChatState {
  return chatAfter({ type: 'asked', ask: hello }, { type: 'taskAccepted', taskId: 't1' }, ...events);
}

/** A live stream that a test speaks through; `open` counts the streams that stand. */
export type FakeFollow = ChatPorts['follow'] & {
  readonly say: (connection: Followed['connection'], view?: Partial<TaskView>) => void;
  readonly open: () => number;
};

export function fakeFollow(): FakeFollow {
  const watchers = new Set<(followed: Followed) => void>();
  const follow: ChatPorts['follow'] = (_, signal, onChange) =>
    new Promise((_resolve, reject) => {
      watchers.add(onChange);
      signal.addEventListener('abort', () => {
        watchers.delete(onChange);
        reject(signal.reason);
      });
    });
  return Object.assign(follow, {
    open: () => watchers.size,
    say: (connection: Followed['connection'], view: Partial<TaskView> = {}) => {
      for (const watch of watchers)
        watch({ connection, task: { ...unseenTask(), state: 'processing', ...view } });
    },
  });
}

/** A storage like the browser's, for node. */
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

type Room = {
  readonly session: ChatSession;
  readonly api: { readonly [K in keyof SatBuddyApi]: ReturnType<typeof vi.fn<SatBuddyApi[K]>> };
  readonly follow: FakeFollow;
  readonly cancel: ReturnType<typeof vi.fn<ChatPorts['cancel']>>;
  readonly storage: Storage;
  readonly state: () => ChatState;
};

/** An open session on a server that accepts everything as task t1 and is processing it for ever. */
export function chatRoom({
  storage = memoryStorage(),
  config = {},
  reducedMotion = false,
}: { storage?: Storage; config?: Partial<ChatConfig>; reducedMotion?: boolean } = {}): Room {
  const follow = fakeFollow();
  const cancel = vi.fn<ChatPorts['cancel']>(async () => {});
  const api = {
    readConfig: vi.fn<SatBuddyApi['readConfig']>(async () => defaultConfig),
    submit: vi.fn<SatBuddyApi['submit']>(async () => 't1'),
    poll: vi.fn<SatBuddyApi['poll']>(async () => processing),
    upload: vi.fn<SatBuddyApi['upload']>(async ({ name }) => ({
      id: `id-${name}`,
      name,
      url: `/media/${name}`,
    })),
  };
  const session = new ChatSession({
    api,
    follow,
    cancel,
    config: { ...defaultConfig, ...config },
    keeper: conversationKeeper(storage, 'u1', defaultConfig.historyLimit),
    prefersReducedMotion: () => reducedMotion,
  });
  session.open();
  return { session, api, follow, cancel, storage, state: session.snapshot };
}
