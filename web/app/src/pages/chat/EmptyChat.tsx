import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Robot } from '../../icons/Robot.tsx';
import { type Starter, cards } from './starters.ts';

type EmptyChatProps = { readonly firstName: string; readonly onStart: (starter: Starter) => void };

export function EmptyChat({ firstName, onStart }: EmptyChatProps): ReactElement {
  return (
    <section aria-labelledby="greeting" className="flex min-h-full flex-col justify-center py-8">
      <Robot className="size-14" />
      <h2 id="greeting" className="mt-5 text-2xl font-bold tracking-tight sm:text-3xl">
        Hi {firstName}! What can I help with?
      </h2>
      <p className="mt-2 text-muted">Ask me anything or try one of these:</p>
      <ul className="mt-6 grid gap-3 sm:grid-cols-3">
        {cards.map((starter) => (
          <li key={starter.label}>
            <button
              type="button"
              onClick={() => onStart(starter)}
              className="flex h-full w-full items-center gap-3 rounded-card border border-line bg-surface p-4 text-left font-medium shadow-card transition-colors hover:border-accent sm:flex-col sm:items-start"
            >
              <Icon name={starter.icon} className="size-6 text-accent-text" />
              {starter.label}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
