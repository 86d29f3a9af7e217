import type { ReactElement } from 'react';
import { QuitDialog } from './SubmitDialogs.tsx';
import { type Given, isAnswered } from './examSession.ts';
import type { Question } from './zonesApi.ts';

type PaletteProps = {
  readonly questions: readonly Question[];
  readonly given: Readonly<Record<number, Given>>;
  readonly at: number;
  readonly onGo: (at: number) => void;
  readonly onQuit: () => Promise<void>;
};

type Look = 'marked' | 'answered' | 'visited' | 'new';

const looks: Readonly<Record<Look, { readonly words: string; readonly classes: string }>> = {
  answered: { words: 'answered', classes: 'border-good bg-good-soft text-good' },
  marked: { words: 'marked for review', classes: 'border-notice bg-notice-soft text-notice' },
  visited: { words: 'not answered', classes: 'border-line-strong bg-surface text-ink' },
  new: { words: 'not seen', classes: 'border-line bg-sunken text-muted' },
};

function lookOf(given: Given | undefined): Look {
  if (given?.marked) return 'marked';
  if (isAnswered(given)) return 'answered';
  return given?.visited ? 'visited' : 'new';
}

/** Links to all questions. */
export function Palette({ questions, given, at, onGo, onQuit }: PaletteProps): ReactElement {
  return (
    <aside className="h-fit rounded-card border border-line bg-surface p-4 shadow-card">
      <h2 className="text-sm font-semibold">Questions</h2>
      <ol className="mt-3 grid grid-cols-8 gap-2 lg:grid-cols-5">
        {questions.map((question, index) => {
          const look = lookOf(given[question.id]);
          return (
            <li key={question.id}>
              <button
                type="button"
                aria-label={`Question ${index + 1}, ${looks[look].words}`}
                aria-current={index === at ? 'step' : undefined}
                onClick={() => onGo(index)}
                className={`aspect-square w-full max-w-11 rounded-control border text-sm font-semibold aria-[current=step]:ring-2 aria-[current=step]:ring-accent ${looks[look].classes}`}
              >
                {index + 1}
              </button>
            </li>
          );
        })}
      </ol>
      <ul className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        {Object.entries(looks).map(([name, { words, classes }]) => (
          <li key={name} className="flex items-center gap-1.5">
            <span className={`size-3 rounded-sm border ${classes}`} /> {words}
          </li>
        ))}
      </ul>
      <QuitDialog onQuit={() => void onQuit()} />
    </aside>
  );
}
