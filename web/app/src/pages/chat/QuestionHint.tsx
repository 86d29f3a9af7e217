import { ToggleGroup } from 'radix-ui';
import type { ReactElement } from 'react';
import type { ChatSession } from './chatSession.ts';
import { type Difficulty, difficulties } from './conversation.ts';

type QuestionHintProps = { readonly difficulty: Difficulty; readonly session: ChatSession };

/** Explains the question mode, with examples, and a choice of difficulty. */
export function QuestionHint({ difficulty, session }: QuestionHintProps): ReactElement {
  return (
    <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-control bg-accent-soft px-3.5 py-2.5 text-sm">
      <p>
        Name a topic and get a question on it. Examples: “linear equations”, “comma rules”, “main idea of a
        passage”.
      </p>
      <ToggleGroup.Root
        type="single"
        aria-label="Difficulty"
        value={difficulty}
        onValueChange={(value) => {
          const chosen = difficulties.find((one) => one === value);
          if (chosen !== undefined) session.dispatch({ type: 'difficultyChosen', difficulty: chosen });
        }}
        className="inline-flex rounded-control bg-surface p-0.5"
      >
        {difficulties.map((one) => (
          <ToggleGroup.Item
            key={one}
            value={one}
            className="rounded-lg px-3 py-1 font-medium text-muted capitalize data-[state=on]:bg-accent data-[state=on]:text-on-accent"
          >
            {one}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </div>
  );
}
