import type {
  Ask,
  ByAi,
  Difficulty,
  Letter,
  Message,
  PracticeQuestion,
  QuestionMessage,
  UploadedImage,
} from './conversation.ts';

/** An image chosen for the next message. */
export type Attachment = {
  readonly key: string;
  readonly name: string;
  /** A local URL of the image; null after a reload. */
  readonly preview: string | null;
  /** Null until the image is uploaded. */
  readonly uploaded: UploadedImage | null;
};

/** A request whose answer is still to come. */
export type Pending = { readonly taskId: string; readonly ask: Ask };

/** What the page does about the last request. */
export type Phase =
  | { readonly name: 'idle' }
  | { readonly name: 'sending'; readonly ask: Ask }
  | {
      readonly name: 'waiting';
      readonly taskId: string;
      readonly ask: Ask;
      /** The answer so far. */
      readonly text: string;
      /** What the worker does, in words for users. */
      readonly note: string | null;
      readonly stopping: boolean;
    }
  | { readonly name: 'revealing'; readonly messageId: string; readonly words: number }
  | {
      readonly name: 'timedOut';
      readonly taskId: string;
      readonly ask: Ask;
      /** The notice of it, and what of the answer was shown. They go when the task is checked again. */
      readonly shownIds: readonly string[];
    };

export type ChatState = {
  readonly messages: readonly Message[];
  readonly phase: Phase;
  readonly mode: 'chat' | 'question';
  readonly difficulty: Difficulty;
  readonly draft: string;
  readonly attachments: readonly Attachment[];
  /** What is wrong with the input. */
  readonly complaint: string | null;
  readonly nextId: number;
  /** What the ids of this page's messages begin with, so that two pages choose different ones. */
  readonly prefix: string;
};

export type ChatEvent =
  | { readonly type: 'draftChanged'; readonly text: string }
  | { readonly type: 'inputRefused'; readonly complaint: string }
  | { readonly type: 'inputCorrected' }
  | { readonly type: 'modeChosen'; readonly mode: ChatState['mode'] }
  | { readonly type: 'difficultyChosen'; readonly difficulty: Difficulty }
  | { readonly type: 'imageAttached'; readonly key: string; readonly name: string; readonly preview: string }
  | { readonly type: 'imageUploaded'; readonly key: string; readonly image: UploadedImage }
  | { readonly type: 'imageRemoved'; readonly key: string }
  | { readonly type: 'asked'; readonly ask: Ask }
  | { readonly type: 'askedAgain'; readonly noticeId: string }
  | { readonly type: 'taskAccepted'; readonly taskId: string }
  | { readonly type: 'taskRefused'; readonly text: string }
  | { readonly type: 'taskProgressed'; readonly text: string; readonly note: string | null }
  | {
      readonly type: 'answerArrived';
      readonly text: string;
      readonly byAi: ByAi;
      readonly show: 'atOnce' | 'byWord';
    }
  | { readonly type: 'wordShown'; readonly of: number }
  | { readonly type: 'questionArrived'; readonly question: PracticeQuestion; readonly byAi: ByAi }
  | { readonly type: 'taskFailed'; readonly error: string }
  | { readonly type: 'taskExpired' }
  | { readonly type: 'waitTimedOut' }
  | { readonly type: 'checkedAgain' }
  | { readonly type: 'stopAsked' }
  | { readonly type: 'taskStopped'; readonly text: string }
  | { readonly type: 'optionChosen'; readonly questionId: string; readonly letter: Letter }
  | { readonly type: 'questionSkipped'; readonly questionId: string }
  /** The last answer is asked for again. */
  | { readonly type: 'askedAnew' }
  /** The last message goes back into the input, with all that followed. */
  | { readonly type: 'lastEdited' }
  /** The conversation as the server has it; `known` are the ids that it had before. */
  | {
      readonly type: 'synced';
      readonly messages: readonly Message[];
      readonly pending: Pending | null;
      readonly known: ReadonlySet<string>;
    }
  /** What an earlier page had not saved. */
  | {
      readonly type: 'unsavedFound';
      readonly messages: readonly Message[];
      readonly removed: readonly string[];
      readonly pending: Pending | null;
    }
  | { readonly type: 'cleared' };

export const emptyChat: ChatState = {
  messages: [],
  phase: { name: 'idle' },
  mode: 'chat',
  difficulty: 'medium',
  draft: '',
  attachments: [],
  complaint: null,
  nextId: 1,
  prefix: '',
};

/** The id of the message that a task's answer becomes; the server gives it the same. */
export function answerId(taskId: string): string {
  return `t-${taskId}`;
}

export function pendingIn({ phase }: ChatState): Pending | null {
  return phase.name === 'waiting' || phase.name === 'timedOut'
    ? { taskId: phase.taskId, ask: phase.ask }
    : null;
}

/** The last message of the person, if it can be asked again: a practice question's topic cannot. */
export function lastAsk({ messages }: ChatState): Ask | null {
  const last = messages.findLast((message) => message.kind === 'user');
  const hasQuestion = messages.some(
    (message) => message.kind !== 'answer' && message.kind !== 'notice' && message.kind !== 'user',
  );
  const after = last === undefined ? [] : messages.slice(messages.indexOf(last) + 1);
  if (
    last?.kind !== 'user' ||
    (hasQuestion && after.some(({ kind }) => kind !== 'answer' && kind !== 'notice'))
  )
    return null;
  return { kind: 'chat', message: last.text, images: last.images };
}

/** Whether a request is under way, so that further ones are ignored. */
export function isBusy({ phase }: ChatState): boolean {
  return phase.name === 'sending' || phase.name === 'waiting';
}

/**
 * The practice question that waits for its answer: the last message, if it is neither answered nor skipped.
 */
export function openQuestion({ messages }: ChatState): QuestionMessage | null {
  const last = messages.findLast((message) => message.kind !== 'notice');
  return last?.kind === 'question' && last.chosen === null && !last.skipped ? last : null;
}
