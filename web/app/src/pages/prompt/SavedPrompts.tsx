import { type ReactElement, Suspense, lazy, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../icons/Icon.tsx';
import type { LibraryEntry } from './promptLibraryApi.ts';

const SavedPrompt = lazy(async () => ({ default: (await import('./SavedPrompt.tsx')).SavedPrompt }));

type SavedPromptsProps = { readonly entries: readonly LibraryEntry[]; readonly onChanged: () => void };

/** The prompts that the person saved, each to be opened. */
export function SavedPrompts({ entries, onChanged }: SavedPromptsProps): ReactElement | null {
  const [open, setOpen] = useState<string | null>(null);
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="saved-prompts" className="mt-10">
      <h2 id="saved-prompts" className="text-lg font-semibold">
        Saved prompts
      </h2>
      <ul className="mt-3 divide-y divide-line rounded-card border border-line bg-surface">
        {entries.map((entry) => (
          <li key={entry.id} className="px-4 py-2">
            <Button
              look="quiet"
              aria-expanded={open === entry.id}
              className="w-full justify-between! text-left"
              onClick={() => setOpen(open === entry.id ? null : entry.id)}
            >
              <span dir="auto" className="text-ink wrap-anywhere">
                {entry.name}
              </span>
              <span className="flex shrink-0 items-center gap-2 font-normal">
                {entry.versions === 1 ? '1 version' : `${entry.versions} versions`}
                <Icon name="chevronDown" className={`size-4 ${open === entry.id ? 'rotate-180' : ''}`} />
              </span>
            </Button>
            {open === entry.id && (
              <Suspense fallback={<p className="px-4 py-2 text-sm text-muted">Loading…</p>}>
                <SavedPrompt id={entry.id} newest={entry.version} onChanged={onChanged} />
              </Suspense>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
