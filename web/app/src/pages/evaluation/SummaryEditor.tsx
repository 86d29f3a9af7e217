import { type ReactElement, useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';

type SummaryEditorProps = {
  readonly text: string;
  readonly busy: boolean;
  readonly onSave: (text: string) => void;
  readonly onLeave: () => void;
};

/** The longest text that the server takes. */
const longest = 4_000;

/** A teacher's change of a summary. */
export function SummaryEditor({ text, busy, onSave, onLeave }: SummaryEditorProps): ReactElement {
  const id = useId();
  const [words, setWords] = useState(text);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(words.trim());
      }}
    >
      <label htmlFor={id} className="block font-medium">
        Tekst van de samenvatting
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={7}
        maxLength={longest}
        // The teacher asked for it, and the button that had the focus is gone.
        ref={focus}
        value={words}
        onChange={({ target }) => setWords(target.value)}
        className="mt-1 w-full rounded-control border border-line-strong bg-surface px-3 py-2 leading-relaxed"
      />
      <div className="mt-2 flex flex-wrap gap-2">
        <Button type="submit" look="primary" size="small" disabled={busy || words.trim() === ''}>
          Opslaan
        </Button>
        <Button size="small" onClick={onLeave}>
          Annuleren
        </Button>
      </div>
    </form>
  );
}

function focus(area: HTMLTextAreaElement | null): void {
  area?.focus();
}
