import type { ChatEvent, ChatState, Phase } from './chatState.ts';
import { emptyChat, isBusy, openQuestion } from './chatState.ts';
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
    case 'cleared':
      return { ...emptyChat, difficulty: state.difficulty, nextId: state.nextId };
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
      const ended = end(state, { kind: 'answer', text: event.text, byAi: event.byAi });
      if (event.show === 'atOnce') return ended;
      return { ...ended, phase: { name: 'revealing', messageId: idOfLast(ended), words: 0 } };
    }
    case 'questionArrived':
      return end(state, {
        kind: 'question',
        question: event.question,
        byAi: event.byAi,
        chosen: null,
        skipped: false,
      });
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

function end(state: ChatState, last: Unnumbered<Message>): ChatState {
  return { ...add(state, last), phase: { name: 'idle' } };
}

function add(state: ChatState, message: Unnumbered<Message>): ChatState {
  const numbered = { ...message, id: `m${state.nextId}` } as Message;
  return { ...state, messages: [...state.messages, numbered], nextId: state.nextId + 1 };
}

function without(state: ChatState, ...ids: readonly string[]): ChatState {
  return { ...state, messages: state.messages.filter((message) => !ids.includes(message.id)) };
}

function idOfLast({ messages }: ChatState): string {
  return messages.at(-1)?.id ?? '';
}
