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
  /** A local address to show the image by; null after a reload. */
  readonly preview: string | null;
  /** Null while it is waiting for its upload or being uploaded. */
  readonly uploaded: UploadedImage | null;
};

/** What the page is doing about the last thing asked. */
export type Phase =
  | { readonly name: 'idle' }
  | { readonly name: 'sending'; readonly ask: Ask }
  | {
      readonly name: 'waiting';
      readonly taskId: string;
      readonly ask: Ask;
      /** What the answer says so far. */
      readonly text: string;
      /** What the worker is doing, in words for the person who waits. */
      readonly note: string | null;
      readonly stopping: boolean;
    }
  | { readonly name: 'revealing'; readonly messageId: string; readonly words: number }
  | { readonly name: 'timedOut'; readonly taskId: string; readonly ask: Ask; readonly noticeId: string };

export type ChatState = {
  readonly messages: readonly Message[];
  readonly phase: Phase;
  readonly mode: 'chat' | 'question';
  readonly difficulty: Difficulty;
  readonly draft: string;
  readonly attachments: readonly Attachment[];
  /** What is wrong with the input, shown beside it. */
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

/** A conversation that has not begun. */
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

/** Whether something asked is still under way, so that further sends are ignored. */
export function isBusy({ phase }: ChatState): boolean {
  return phase.name === 'sending' || phase.name === 'waiting';
}

/** The practice question that waits for its answer: the last thing said, neither answered nor skipped. */
export function openQuestion({ messages }: ChatState): QuestionMessage | null {
  const last = messages.findLast((message) => message.kind !== 'notice');
  return last?.kind === 'question' && last.chosen === null && !last.skipped ? last : null;
}
