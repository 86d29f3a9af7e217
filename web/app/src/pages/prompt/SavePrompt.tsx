import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { refusalIn } from '../../session/json.ts';
import { type LibraryEntry, promptLibrary } from './promptLibraryApi.ts';

type SavePromptProps = {
  readonly prompt: string;
  readonly notes: string;
  readonly entries: readonly LibraryEntry[];
  readonly onSaved: (name: string) => void;
  readonly onLeave: () => void;
};

const longestName = 100;
const newPrompt = '';

/** Saves a prompt under a name, or as another version of one that has been saved. */
export function SavePrompt({ prompt, notes, entries, onSaved, onLeave }: SavePromptProps): ReactElement {
  const id = useId();
  const [target, setTarget] = useState(newPrompt);
  const [name, setName] = useState(() => nameFrom(notes));
  const [problem, setProblem] = useState<string | null>(null);
  const existing = entries.find((entry) => entry.id === target);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const content = { name: existing?.name ?? name.trim(), prompt, notes };
    promptLibrary.save(content, existing?.id ?? null).then(
      () => onSaved(content.name),
      (error: unknown) => setProblem(refusalIn(error) ?? 'The server cannot be reached. Please try again.'),
    );
  };
  return (
    <form onSubmit={onSubmit} className="mt-3 rounded-card border border-line bg-sunken p-4 text-sm">
      {entries.length > 0 && (
        <>
          <label htmlFor={`${id}-as`} className="font-semibold">
            Save as
          </label>
          <select
            id={`${id}-as`}
            value={target}
            onChange={(event) => setTarget(event.target.value)}
            className="mt-1 mb-3 block w-full rounded-control border border-line-strong bg-surface px-3 py-2"
          >
            <option value={newPrompt}>A new prompt</option>
            {entries.map((entry) => (
              <option key={entry.id} value={entry.id}>
                Version {entry.version + 1} of “{entry.name}”
              </option>
            ))}
          </select>
        </>
      )}
      {existing === undefined && (
        <>
          <label htmlFor={`${id}-name`} className="font-semibold">
            Name
          </label>
          <input
            id={`${id}-name`}
            value={name}
            maxLength={longestName}
            // The person asked for the form.
            ref={focus}
            onChange={(event) => setName(event.target.value)}
            className="mt-1 block w-full rounded-control border border-line-strong bg-surface px-3 py-2"
          />
        </>
      )}
      {problem !== null && (
        <p role="alert" className="mt-2 text-bad">
          {problem}
        </p>
      )}
      <div className="mt-3 flex gap-2">
        <Button
          type="submit"
          look="primary"
          size="small"
          disabled={existing === undefined && name.trim() === ''}
        >
          Save prompt
        </Button>
        <Button size="small" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function focus(input: HTMLInputElement | null): void {
  input?.focus();
}

/** The beginning of the notes. */
function nameFrom(notes: string): string {
  return (notes.trim().split('\n')[0] ?? '').slice(0, 60);
}
