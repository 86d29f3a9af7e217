import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Markdown } from '../../markdown/Markdown.tsx';
import { BuddyBubble, OfflineNote } from './Bubble.tsx';
import { type Letter, type QuestionMessage, letters } from './conversation.ts';

type QuestionCardProps = {
  readonly message: QuestionMessage;
  readonly isOpen: boolean;
  readonly onChoose: (letter: Letter) => void;
  readonly onSkip: () => void;
};

/** A practice question with its options to click. */
export function QuestionCard({ message, isOpen, onChoose, onSkip }: QuestionCardProps): ReactElement {
  const { question, chosen, byAi } = message;
  return (
    <article aria-label="Practice question" className="animate-arrive">
      <BuddyBubble>
        <div className="rounded-card border border-line bg-surface p-4 shadow-card sm:p-5">
          <h2 className="text-sm font-bold text-accent-text">SAT PRACTICE QUESTION</h2>
          <div className="mt-2">
            <Markdown text={question.question} />
          </div>
          <ul aria-label="Options" className="mt-4 space-y-2">
            {letters.map((letter) => (
              <li key={letter}>
                <Option
                  letter={letter}
                  text={question.options[letter]}
                  outcome={outcomeOf(letter, message)}
                  isOpen={isOpen}
                  onChoose={onChoose}
                />
              </li>
            ))}
          </ul>
          {isOpen && (
            <div className="mt-4 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-sm text-muted">
              <p>Type your answer (A, B, C, or D) or click an option above.</p>
              <button
                type="button"
                onClick={onSkip}
                className="rounded-sm font-medium underline underline-offset-2 hover:text-ink"
              >
                Skip this one
              </button>
            </div>
          )}
          {!isOpen && chosen === null && <p className="mt-4 text-sm text-muted">Skipped</p>}
        </div>
        {byAi === false && <OfflineNote />}
      </BuddyBubble>
    </article>
  );
}

type Outcome = 'right' | 'wrong' | 'other';

function outcomeOf(letter: Letter, { chosen, question }: QuestionMessage): Outcome {
  if (chosen === null) return 'other';
  if (letter === question.correctAnswer) return 'right';
  return letter === chosen ? 'wrong' : 'other';
}

const looks: Readonly<Record<Outcome, { readonly box: string; readonly badge: string }>> = {
  right: { box: 'border-good bg-good-soft', badge: 'bg-good text-canvas' },
  wrong: { box: 'border-bad bg-bad-soft', badge: 'bg-bad text-canvas' },
  other: { box: 'border-line', badge: 'bg-sunken text-muted' },
};

type OptionProps = {
  readonly letter: Letter;
  readonly text: string;
  readonly outcome: Outcome;
  readonly isOpen: boolean;
  readonly onChoose: (letter: Letter) => void;
};

function Option({ letter, text, outcome, isOpen, onChoose }: OptionProps): ReactElement {
  const { box, badge } = looks[outcome];
  return (
    <button
      type="button"
      disabled={!isOpen}
      onClick={() => onChoose(letter)}
      className={`flex w-full items-center gap-3 rounded-control border px-3 py-2.5 text-left transition-colors enabled:hover:border-accent enabled:hover:bg-accent-soft ${box}`}
    >
      <span className={`grid size-7 shrink-0 place-items-center rounded-full text-sm font-bold ${badge}`}>
        {letter}
      </span>
      <span className="min-w-0 flex-1">
        <Markdown text={text} inline />
      </span>
      {outcome !== 'other' && (
        <>
          <Icon
            name={outcome === 'right' ? 'check' : 'close'}
            className={outcome === 'right' ? 'size-5 text-good' : 'size-5 text-bad'}
          />
          <span className="sr-only">{outcome === 'right' ? '(correct answer)' : '(your answer)'}</span>
        </>
      )}
    </button>
  );
}
