import type { FormEvent, ReactElement } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { PromptSession, PromptState } from './promptSession.ts';

type NotesFormProps = {
  readonly notes: string;
  readonly state: PromptState;
  readonly limit: number;
  readonly session: PromptSession;
};

/** The owner's notes, locked while a prompt is made of them. */
export function NotesForm({ notes, state, limit, session }: NotesFormProps): ReactElement {
  const isRunning = state.name === 'running';
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void session.generate();
  };
  return (
    <form onSubmit={onSubmit} className="mt-4">
      <label htmlFor="notes" className="text-sm font-semibold">
        Manual prompt
      </label>
      <textarea
        id="notes"
        value={notes}
        rows={8}
        maxLength={limit}
        disabled={isRunning}
        placeholder="Enter your manual prompt..."
        onChange={(event) => session.write(event.target.value)}
        className="mt-1.5 block w-full resize-y rounded-card border border-line-strong bg-surface p-4 leading-relaxed placeholder:text-muted disabled:bg-sunken disabled:text-muted"
      />
      <div className="mt-3 flex items-center justify-between gap-4">
        <span className="text-xs text-muted tabular-nums">
          {notes.length.toLocaleString('en')} / {limit.toLocaleString('en')}
        </span>
        <Button type="submit" look="primary" disabled={isRunning || notes.trim() === ''}>
          {isRunning ? 'Generating...' : 'Generate AI Prompt'}
        </Button>
      </div>
    </form>
  );
}
