import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../components/Button.tsx';
import type { ExamSession, Given } from './examSession.ts';
import type { Question } from './zonesApi.ts';

type QuestionPanelProps = {
  readonly question: Question;
  readonly given: Given | undefined;
  readonly at: number;
  readonly count: number;
  readonly session: ExamSession;
};

/** One question with its answer, and buttons to the others. */
export function QuestionPanel({ question, given, at, count, session }: QuestionPanelProps): ReactElement {
  return (
    <section aria-label={`Question ${at + 1}`} className="min-w-0">
      <div className="rounded-card border border-line bg-surface p-5 shadow-card sm:p-6">
        <p className="text-sm text-muted">
          Question {at + 1} of {count} · {question.subject} · {question.topic_name}
        </p>
        <h2 id="question" className="mt-3 text-lg leading-relaxed font-semibold">
          {question.question}
        </h2>
        {question.question_type === 'NVT' ? (
          <label className="mt-5 block text-sm font-semibold">
            Your answer
            <input
              key={question.id}
              value={given?.text ?? ''}
              maxLength={2000}
              autoComplete="off"
              onChange={(event) => session.type(event.target.value)}
              onBlur={session.keepText}
              className="mt-1.5 block w-full max-w-xs rounded-control border border-line-strong bg-surface px-3 py-2.5 font-normal"
            />
          </label>
        ) : (
          <Options question={question} chosen={given?.letter ?? null} onChoose={session.choose} />
        )}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button onClick={() => session.goTo(at - 1)} disabled={at === 0}>
          Previous
        </Button>
        <Button
          look={at + 1 < count ? 'primary' : 'outline'}
          onClick={() => session.goTo(at + 1)}
          disabled={at + 1 === count}
        >
          Next
        </Button>
        <Button look="quiet" onClick={session.clear}>
          Clear
        </Button>
        <Button look="quiet" aria-pressed={given?.marked ?? false} onClick={session.mark}>
          <Icon name="flag" className="size-4" /> {given?.marked ? 'Marked for review' : 'Mark for review'}
        </Button>
      </div>
    </section>
  );
}

const letters = ['A', 'B', 'C', 'D'] as const;

type OptionsProps = {
  readonly question: Question;
  readonly chosen: string | null;
  readonly onChoose: (letter: string) => void;
};

function Options({ question, chosen, onChoose }: OptionsProps): ReactElement {
  const texts = [question.option_a, question.option_b, question.option_c, question.option_d];
  return (
    <div role="radiogroup" aria-labelledby="question" className="mt-5 grid gap-2.5">
      {letters.map((letter, index) => (
        <label
          key={letter}
          className="flex cursor-pointer items-center gap-3 rounded-control border border-line px-4 py-3 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name={`question-${question.id}`}
            className="size-4 shrink-0 accent-accent"
            checked={chosen === letter}
            onChange={() => onChoose(letter)}
          />
          <span className="font-bold text-muted">{letter}</span>
          <span>{texts[index]}</span>
        </label>
      ))}
    </div>
  );
}
