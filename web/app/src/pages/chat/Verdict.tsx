import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Markdown } from '../../markdown/Markdown.tsx';
import { BuddyBubble } from './Bubble.tsx';
import type { VerdictMessage } from './conversation.ts';

/** Whether the answer to a practice question was right, and why. */
export function Verdict({ message }: { readonly message: VerdictMessage }): ReactElement {
  const { chosen, question } = message;
  const isRight = chosen === question.correctAnswer;
  return (
    <article aria-label="Result" className="animate-arrive">
      <BuddyBubble>
        <div
          className={`flex gap-3 rounded-card rounded-tl-sm px-4 py-3 ${isRight ? 'bg-good-soft' : 'bg-bad-soft'}`}
        >
          <Icon
            name={isRight ? 'check' : 'close'}
            className={`mt-0.5 size-5 ${isRight ? 'text-good' : 'text-bad'}`}
          />
          <div>
            <p className={`font-bold ${isRight ? 'text-good' : 'text-bad'}`}>
              {isRight ? 'Correct!' : 'Incorrect'}
            </p>
            <p>
              {isRight ? 'Great job! You got it right.' : `The correct answer is: ${question.correctAnswer}`}
            </p>
          </div>
        </div>
        {question.explanation !== '' && (
          <div className="mt-3">
            <p className="font-semibold">Explanation:</p>
            <Markdown text={question.explanation} />
          </div>
        )}
      </BuddyBubble>
    </article>
  );
}
