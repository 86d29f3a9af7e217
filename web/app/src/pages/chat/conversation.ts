/** The answers to a practice question, in the order of its options. */
export const letters = ['A', 'B', 'C', 'D'] as const;
export type Letter = (typeof letters)[number];

export const difficulties = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof difficulties)[number];

export type PracticeQuestion = {
  readonly question: string;
  readonly options: Readonly<Record<Letter, string>>;
  readonly correctAnswer: Letter;
  readonly explanation: string;
};

/** An image on the server, as part of a message. `preview` is a local URL; it is missing after a reload. */
export type UploadedImage = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly preview?: string;
};

/** A request, kept so that it can be repeated. */
export type Ask =
  | { readonly kind: 'chat'; readonly message: string; readonly images: readonly UploadedImage[] }
  | { readonly kind: 'question'; readonly topic: string; readonly difficulty: Difficulty };

/** Whether a model wrote an answer; null where the server does not say. */
export type ByAi = boolean | null;

export type UserMessage = {
  readonly kind: 'user';
  readonly id: string;
  readonly text: string;
  readonly images: readonly UploadedImage[];
};
export type AnswerMessage = {
  readonly kind: 'answer';
  readonly id: string;
  readonly text: string;
  readonly byAi: ByAi;
};
export type QuestionMessage = {
  readonly kind: 'question';
  readonly id: string;
  readonly question: PracticeQuestion;
  readonly byAi: ByAi;
  readonly chosen: Letter | null;
  readonly skipped: boolean;
};
export type VerdictMessage = {
  readonly kind: 'verdict';
  readonly id: string;
  readonly chosen: Letter;
  readonly question: PracticeQuestion;
};
/**
 * A message of the page itself. "Try again" repeats `retry`; "Continue" asks for the rest of the answer above, where
 * `continues` is true.
 */
export type NoticeMessage = {
  readonly kind: 'notice';
  readonly id: string;
  readonly text: string;
  readonly tone: 'problem' | 'plain';
  readonly retry: Ask | null;
  readonly continues?: boolean;
};

/** Asks for the rest of an answer that broke off. */
export const continuation: Ask = {
  kind: 'chat',
  message: 'Please continue your answer where it stopped.',
  images: [],
};

/** Whether the server says of an answer that it reached the length limit of the AI. */
export function isCutOff({ text }: AnswerMessage): boolean {
  return text.trimEnd().endsWith('Ask it to continue.]');
}

/** One entry of a conversation. */
export type Message = UserMessage | AnswerMessage | QuestionMessage | VerdictMessage | NoticeMessage;

/** A message in the format of the server. */
export type HistoryTurn = { readonly role: 'user' | 'assistant'; readonly content: string };

/** The last turns of a conversation, without the page's own notices. */
export function historyOf(messages: readonly Message[], limit: number): readonly HistoryTurn[] {
  return messages.flatMap(turnsOf).slice(-limit);
}

function turnsOf(message: Message): HistoryTurn[] {
  switch (message.kind) {
    case 'user':
      return [{ role: 'user', content: message.text }];
    case 'answer':
      return [{ role: 'assistant', content: message.text }];
    case 'question':
      return [{ role: 'assistant', content: textOfQuestion(message.question) }];
    case 'verdict':
      return [{ role: 'assistant', content: textOfVerdict(message) }];
    case 'notice':
      return [];
  }
}

function textOfQuestion({ question, options }: PracticeQuestion): string {
  return ['Practice question: ' + question, ...letters.map((letter) => `${letter}) ${options[letter]}`)].join(
    '\n',
  );
}

function textOfVerdict({ chosen, question }: VerdictMessage): string {
  const verdict = chosen === question.correctAnswer ? 'Correct!' : 'Incorrect.';
  return `${verdict} The correct answer is: ${question.correctAnswer}. Explanation: ${question.explanation}`;
}

/** The letter that a person typed, as in "b", "B." or "(b)"; null for anything else. */
export function letterIn(text: string): Letter | null {
  const typed = /^\(?([A-D])[.)]?$/i.exec(text.trim())?.[1]?.toUpperCase();
  return letters.find((letter) => letter === typed) ?? null;
}
