import type { ChatEvent, ChatState, Phase } from './chatState.ts';
import { answerId, emptyChat, isBusy, lastAsk, openQuestion } from './chatState.ts';
import type { Ask, Letter, Message, NoticeMessage } from './conversation.ts';

type Unnumbered<M> = M extends Message ? Omit<M, 'id'> : never;

/** The state after one more event. An event that does not fit the state changes nothing. */
export function chatReducer(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case 'draftChanged':
      return { ...state, draft: event.text, complaint: null };
    case 'inputRefused':
      return { ...state, complaint: event.complaint };
    case 'inputCorrected':
      return { ...state, complaint: null };
    case 'modeChosen':
      return { ...state, mode: event.mode, complaint: null };
    case 'difficultyChosen':
      return { ...state, difficulty: event.difficulty };
    case 'imageAttached':
    case 'imageUploaded':
    case 'imageRemoved':
      return { ...state, attachments: attachmentsAfter(state, event) };
    case 'asked':
      return isBusy(state) ? state : ask(state, event.ask);
    case 'askedAgain':
      return askAgain(state, event.noticeId);
    case 'optionChosen':
      return choose(state, event.questionId, event.letter);
    case 'questionSkipped':
      return { ...state, complaint: null, messages: state.messages.map(skip(event.questionId)) };
    case 'wordShown':
      return showWord(state, event.of);
    case 'taskAccepted':
      return state.phase.name === 'sending' ? waitFor(state, event.taskId, state.phase.ask) : state;
    case 'taskRefused':
      return state.phase.name === 'sending'
        ? end(state, { kind: 'notice', text: event.text, tone: 'problem', retry: state.phase.ask })
        : state;
    case 'checkedAgain':
      return checkAgain(state);
    case 'askedAnew':
      return askAnew(state);
    case 'lastEdited':
      return editLast(state);
    case 'synced':
      return sync(state, event);
    case 'unsavedFound':
      return findUnsaved(state, event);
    case 'cleared':
      return { ...emptyChat, difficulty: state.difficulty, nextId: state.nextId, prefix: state.prefix };
    default:
      return state.phase.name === 'waiting' ? whileWaiting(state, state.phase, event) : state;
  }
}

type Waiting = Extract<Phase, { name: 'waiting' }>;
type WaitingEvent = Extract<
  ChatEvent,
  {
    type:
      | 'taskProgressed'
      | 'answerArrived'
      | 'questionArrived'
      | 'taskFailed'
      | 'taskExpired'
      | 'waitTimedOut'
      | 'stopAsked'
      | 'taskStopped';
  }
>;

function whileWaiting(state: ChatState, phase: Waiting, event: WaitingEvent): ChatState {
  switch (event.type) {
    case 'taskProgressed':
      return { ...state, phase: { ...phase, text: event.text, note: event.note } };
    case 'answerArrived': {
      const answer = { kind: 'answer', text: event.text, byAi: event.byAi } as const;
      const ended = end(state, answer, answerId(phase.taskId));
      if (event.show === 'atOnce') return ended;
      return { ...ended, phase: { name: 'revealing', messageId: idOfLast(ended), words: 0 } };
    }
    case 'questionArrived':
      return end(
        state,
        { kind: 'question', question: event.question, byAi: event.byAi, chosen: null, skipped: false },
        answerId(phase.taskId),
      );
    case 'taskFailed':
      return broken(state, phase, problem(`Sorry, I encountered an error: ${event.error}`, phase.ask));
    case 'taskExpired':
      return broken(
        state,
        phase,
        problem('Task not found or expired. An answer is kept for an hour; please ask again.', phase.ask),
      );
    case 'waitTimedOut': {
      const shown = withShown(state, phase);
      const ended = end(shown, problem('Request timed out. Please try again.', null));
      const { taskId, ask: asked } = phase;
      const shownIds = ended.messages.slice(state.messages.length).map(({ id }) => id);
      return { ...ended, phase: { name: 'timedOut', taskId, ask: asked, shownIds } };
    }
    case 'stopAsked':
      return { ...state, phase: { ...phase, stopping: true } };
    case 'taskStopped':
      return broken(state, phase, { kind: 'notice', text: event.text, tone: 'plain', retry: phase.ask });
  }
}

/** Keeps what was shown of an answer that does not go on, so that a person can ask for the rest. */
function broken(state: ChatState, phase: Waiting, notice: Unnumbered<NoticeMessage>): ChatState {
  const shown = withShown(state, phase);
  return end(shown, shown === state ? notice : { ...notice, continues: true });
}

function withShown(state: ChatState, { text }: Waiting): ChatState {
  return text.trim() === '' ? state : add(state, { kind: 'answer', text, byAi: null });
}

function ask(state: ChatState, asked: Ask): ChatState {
  const text =
    asked.kind === 'chat' ? asked.message : `Practice question: ${asked.topic} (${asked.difficulty})`;
  const images = asked.kind === 'chat' ? asked.images : [];
  const sent = add(state, { kind: 'user', text, images });
  const attachments = asked.kind === 'chat' ? [] : state.attachments;
  return {
    ...sent,
    phase: { name: 'sending', ask: asked },
    mode: 'chat',
    draft: '',
    attachments,
    complaint: null,
  };
}

function askAgain(state: ChatState, noticeId: string): ChatState {
  const notice = state.messages.find((message) => message.id === noticeId);
  if (notice?.kind !== 'notice' || notice.retry === null || isBusy(state)) return state;
  return { ...without(state, noticeId), phase: { name: 'sending', ask: notice.retry } };
}

function checkAgain(state: ChatState): ChatState {
  if (state.phase.name !== 'timedOut') return state;
  const { taskId, ask: asked, shownIds } = state.phase;
  return waitFor(without(state, ...shownIds), taskId, asked);
}

function askAnew(state: ChatState): ChatState {
  const asked = lastAsk(state);
  if (asked === null || isBusy(state)) return state;
  const last = state.messages.findLastIndex((message) => message.kind === 'user');
  return {
    ...state,
    messages: state.messages.slice(0, last + 1),
    phase: { name: 'sending', ask: asked },
    complaint: null,
  };
}

function editLast(state: ChatState): ChatState {
  const asked = lastAsk(state);
  if (asked?.kind !== 'chat' || isBusy(state)) return state;
  const last = state.messages.findLastIndex((message) => message.kind === 'user');
  return {
    ...state,
    messages: state.messages.slice(0, last),
    phase: { name: 'idle' },
    mode: 'chat',
    draft: asked.message,
    attachments: asked.images.map((image) => ({
      key: image.id,
      name: image.name,
      preview: image.preview ?? null,
      uploaded: image,
    })),
    complaint: null,
  };
}

type Synced = Extract<ChatEvent, { type: 'synced' }>;

/** The server's messages, those that are only here after them, and the request that is open on either side. */
function sync(state: ChatState, { messages, pending, known }: Synced): ChatState {
  const theirs = new Set(messages.map(({ id }) => id));
  const unsaved = state.messages.filter(({ id }) => !theirs.has(id) && !known.has(id));
  const merged = { ...state, messages: [...messages, ...unsaved] };
  const { phase } = state;
  if (phase.name === 'waiting' || phase.name === 'timedOut') {
    const isAnswered = theirs.has(answerId(phase.taskId));
    return isAnswered ? { ...without(merged, ...shownOf(phase)), phase: { name: 'idle' } } : merged;
  }
  if (phase.name !== 'idle' || pending === null || theirs.has(answerId(pending.taskId))) return merged;
  return waitFor(merged, pending.taskId, pending.ask);
}

function shownOf(phase: Phase): readonly string[] {
  return phase.name === 'timedOut' ? phase.shownIds : [];
}

type Unsaved = Extract<ChatEvent, { type: 'unsavedFound' }>;

function findUnsaved(state: ChatState, { messages, removed, pending }: Unsaved): ChatState {
  const changed = new Map(messages.map((message) => [message.id, message]));
  const kept = state.messages
    .filter(({ id }) => !removed.includes(id))
    .map((message) => changed.get(message.id) ?? message);
  const ids = new Set(kept.map(({ id }) => id));
  const found = { ...state, messages: [...kept, ...messages.filter(({ id }) => !ids.has(id))] };
  const isAnswered = pending !== null && found.messages.some(({ id }) => id === answerId(pending.taskId));
  return pending === null || isAnswered ? found : waitFor(found, pending.taskId, pending.ask);
}

function choose(state: ChatState, questionId: string, letter: Letter): ChatState {
  const question = openQuestion(state);
  if (question?.id !== questionId) return state;
  const messages = state.messages.map((message) =>
    message === question ? { ...question, chosen: letter } : message,
  );
  const answered = add(
    { ...state, messages, draft: '', complaint: null },
    { kind: 'user', text: letter, images: [] },
  );
  return add(answered, { kind: 'verdict', chosen: letter, question: question.question });
}

function skip(questionId: string): (message: Message) => Message {
  return (message) =>
    message.kind === 'question' && message.id === questionId ? { ...message, skipped: true } : message;
}

function showWord(state: ChatState, of: number): ChatState {
  if (state.phase.name !== 'revealing') return state;
  const words = state.phase.words + 1;
  return { ...state, phase: words < of ? { ...state.phase, words } : { name: 'idle' } };
}

type AttachmentEvent = Extract<ChatEvent, { type: 'imageAttached' | 'imageUploaded' | 'imageRemoved' }>;

function attachmentsAfter({ attachments }: ChatState, event: AttachmentEvent): ChatState['attachments'] {
  switch (event.type) {
    case 'imageAttached':
      return [...attachments, { key: event.key, name: event.name, preview: event.preview, uploaded: null }];
    case 'imageUploaded':
      return attachments.map((one) => (one.key === event.key ? { ...one, uploaded: event.image } : one));
    case 'imageRemoved':
      return attachments.filter((one) => one.key !== event.key);
  }
}

function waitFor(state: ChatState, taskId: string, asked: Ask): ChatState {
  return { ...state, phase: { name: 'waiting', taskId, ask: asked, text: '', note: null, stopping: false } };
}

function problem(text: string, retry: Ask | null): Unnumbered<NoticeMessage> {
  return { kind: 'notice', text, tone: 'problem', retry };
}

function end(state: ChatState, last: Unnumbered<Message>, id?: string): ChatState {
  return { ...add(state, last, id), phase: { name: 'idle' } };
}

function add(state: ChatState, message: Unnumbered<Message>, id?: string): ChatState {
  const numbered = { ...message, id: id ?? `${state.prefix}m${state.nextId}` } as Message;
  // Another page may have seen the same answer first.
  const others = state.messages.filter((other) => other.id !== numbered.id);
  return { ...state, messages: [...others, numbered], nextId: state.nextId + 1 };
}

function without(state: ChatState, ...ids: readonly string[]): ChatState {
  return { ...state, messages: state.messages.filter((message) => !ids.includes(message.id)) };
}

function idOfLast({ messages }: ChatState): string {
  return messages.at(-1)?.id ?? '';
}
