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
};

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
