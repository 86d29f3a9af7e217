import type { ReactElement } from 'react';
import { Icon, type IconName } from '../../icons/Icon.tsx';
import { ModelText } from '../../markdown/ModelText.tsx';
import type { ReviewedAnswer } from './zonesApi.ts';

export type Outcome = 'right' | 'wrong' | 'unanswered';

export function outcomeOf({ is_correct: isCorrect }: ReviewedAnswer): Outcome {
  return isCorrect === null ? 'unanswered' : isCorrect ? 'right' : 'wrong';
}

const looks: Readonly<
  Record<Outcome, { readonly words: string; readonly icon: IconName; readonly classes: string }>
> = {
  right: { words: 'Right, +4', icon: 'check', classes: 'bg-good-soft text-good' },
  wrong: { words: 'Wrong, −1', icon: 'close', classes: 'bg-bad-soft text-bad' },
  unanswered: { words: 'Not answered', icon: 'clock', classes: 'bg-sunken text-muted' },
};

const letters = ['A', 'B', 'C', 'D'] as const;

type ReviewedQuestionProps = { readonly answer: ReviewedAnswer; readonly number: number };

/** A graded question: what was answered, what is right, and why. */
export function ReviewedQuestion({ answer, number }: ReviewedQuestionProps): ReactElement {
  const { words, icon, classes } = looks[outcomeOf(answer)];
  return (
    <section
      id={`question-${number}`}
      tabIndex={-1}
      aria-label={`Question ${number}`}
      className="scroll-mt-4 rounded-card border border-line bg-surface p-5 shadow-card"
    >
      <div className="flex flex-wrap items-center justify-between gap-2 text-sm">
        <span className="text-muted">
          Question {number} · {answer.time_taken} s{answer.marked_for_review && ' · marked for review'}
        </span>
        <span
          className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 font-semibold ${classes}`}
        >
          <Icon name={icon} className="size-4" /> {words}
        </span>
      </div>
      <h2 className="mt-3 text-lg leading-relaxed font-semibold">{answer.question}</h2>
      {answer.question_type === 'NVT' ? <Written answer={answer} /> : <Options answer={answer} />}
      <p className="mt-4 text-sm leading-relaxed">
        <strong className="block text-xs font-semibold text-muted">Explanation</strong>
        <ModelText text={answer.explanation} />
      </p>
    </section>
  );
}

function Written({ answer }: { readonly answer: ReviewedAnswer }): ReactElement {
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm">
      <dt className="text-muted">Your answer</dt>
      <dd dir="auto" className="wrap-anywhere">
        {answer.text_answer?.trim() || 'none'}
      </dd>
      <dt className="text-muted">Right answer</dt>
      <dd className="font-semibold">{answer.correct_answer}</dd>
    </dl>
  );
}

function Options({ answer }: { readonly answer: ReviewedAnswer }): ReactElement {
  const texts = [answer.option_a, answer.option_b, answer.option_c, answer.option_d];
  return (
    <ul className="mt-4 grid gap-2 text-sm">
      {letters.map((letter, index) => {
        const isRight = letter === answer.correct_answer;
        const isChosen = letter === answer.selected_answer;
        const look = isRight
          ? 'border-good bg-good-soft'
          : isChosen
            ? 'border-bad bg-bad-soft'
            : 'border-line';
        return (
          <li key={letter} className={`flex items-center gap-3 rounded-control border px-3.5 py-2.5 ${look}`}>
            <span className="font-bold text-muted">{letter}</span>
            <span className="flex-1">{texts[index]}</span>
            {isChosen && <span className="font-semibold">your answer</span>}
            {isRight && <span className="font-semibold text-good">right</span>}
          </li>
        );
      })}
    </ul>
  );
}
