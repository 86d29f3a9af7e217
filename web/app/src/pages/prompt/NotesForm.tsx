import { type ReactElement, type ReactNode, type SubmitEvent, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { useStore } from '../../state/useStore.ts';
import { partsOf } from './promptBatch.ts';
import type { PromptSnapshot } from './promptSession.ts';
import type { OwnersPrompts } from './usePrompts.ts';

type NotesFormProps = {
  readonly prompts: OwnersPrompts;
  readonly snapshot: PromptSnapshot;
  readonly limit: number;
  /** Whether the server would refuse to generate a prompt. */
  readonly isDenied: boolean;
};

/** The form for the owner's notes, disabled while prompts are generated. */
export function NotesForm({ prompts, snapshot, limit, isDenied }: NotesFormProps): ReactElement {
  const { session, batch } = prompts;
  const { notes, reuse, state } = snapshot;
  const batchState = useStore(batch);
  const [several, setSeveral] = useState(batchState.sessions.length > 0);
  const isRunning = state.name === 'running' || batchState.isRunning;
  // An earlier prompt costs nothing, if there is one.
  const isOff = isDenied && !reuse;
  const parts = several ? partsOf(notes) : [];
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (several) return void batch.generate(parts, reuse);
    batch.clear();
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
      <fieldset disabled={isRunning} className="mt-2 grid gap-1 text-sm text-muted">
        <legend className="sr-only">Options</legend>
        <Option isOn={reuse} onChange={session.allowReuse}>
          Take the prompt I got for the same notes a moment ago, if there is one; it costs no tokens
        </Option>
        <Option isOn={several} onChange={setSeveral}>
          Several prompts at once: a line of three dashes <span className="whitespace-nowrap">(---)</span>{' '}
          parts the notes
          {several && parts.length > 1 ? ` into ${parts.length}` : ''}
        </Option>
      </fieldset>
      <div className="mt-3 flex items-center justify-between gap-4">
        <span className="text-xs text-muted tabular-nums">
          {notes.length.toLocaleString('en')} / {limit.toLocaleString('en')}
        </span>
        <Button
          type="submit"
          look="primary"
          aria-describedby={isOff ? 'denied' : undefined}
          disabled={isRunning || isOff || (several ? parts.length === 0 : notes.trim() === '')}
        >
          {isRunning ? 'Generating...' : 'Generate AI Prompt'}
        </Button>
      </div>
    </form>
  );
}

type OptionProps = {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
};

function Option({ isOn, onChange, children }: OptionProps): ReactElement {
  return (
    <label className="flex items-start gap-2.5">
      <input
        type="checkbox"
        className="mt-0.5 size-4 shrink-0 accent-accent"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
