import type { TaskView } from '@handoff/client';
import { fieldIn, textIn } from '../../session/json.ts';
import { type ByAi, type PracticeQuestion, letters } from './conversation.ts';

export type TaskOutcome =
  | { readonly kind: 'answer'; readonly text: string; readonly byAi: ByAi; readonly streamed: boolean }
  | { readonly kind: 'question'; readonly question: PracticeQuestion; readonly byAi: ByAi }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'expired' };

/** The outcome of a followed task; null while it is open, or when its result cannot be read. */
export function outcomeOfView(view: TaskView): TaskOutcome | null {
  switch (view.state) {
    case 'queued':
    case 'processing':
      return null;
    case 'completed': {
      const outcome = outcomeOfResult(view.result);
      return outcome?.kind === 'answer' ? { ...outcome, streamed: view.text !== '' } : outcome;
    }
    case 'failed':
      return { kind: 'failed', error: view.error?.message ?? 'Unknown error' };
    case 'cancelled':
      return { kind: 'stopped' };
  }
}

/** Reads a task's result, which has the same names in an event and in a poll. */
export function outcomeOfResult(result: unknown): TaskOutcome | null {
  const generatedByAi = fieldIn(result, 'generated_by_ai');
  const byAi = typeof generatedByAi === 'boolean' ? generatedByAi : null;
  const question = questionIn(fieldIn(result, 'question'));
  if (question !== null) return { kind: 'question', question, byAi };
  const text = textIn(result, 'response');
  return text === null ? null : { kind: 'answer', text, byAi, streamed: false };
}

/** Options with other names than A to D are renamed, in their order. */
function questionIn(body: unknown): PracticeQuestion | null {
  const options = fieldIn(body, 'options');
  const question = textIn(body, 'question');
  if (question === null || typeof options !== 'object' || options === null) return null;
  const names = Object.keys(options);
  const correct = letters[names.indexOf(textIn(body, 'correct_answer') ?? '')];
  const [a, b, c, d] = names.map((name) => String(fieldIn(options, name)));
  if (correct === undefined || names.length !== letters.length || a === undefined) return null;
  return {
    question,
    options: { A: a, B: b ?? '', C: c ?? '', D: d ?? '' },
    correctAnswer: correct,
    explanation: textIn(body, 'explanation') ?? '',
  };
}
