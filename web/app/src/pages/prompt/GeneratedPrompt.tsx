import { type ReactElement, Suspense, lazy, useEffect, useRef, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../components/Button.tsx';
import { missingFacts, withFacts } from './missingFacts.ts';
import type { LibraryEntry } from './promptLibraryApi.ts';

const SavePrompt = lazy(async () => ({ default: (await import('./SavePrompt.tsx')).SavePrompt }));

type GeneratedPromptProps = {
  readonly prompt: string;
  readonly notes: string;
  readonly warning: string | null;
  /** Asks the AI again where rules stood in for it; null where there is no AI. */
  readonly onRemake: (() => Promise<void>) | null;
  readonly library: readonly LibraryEntry[];
  readonly onSaved: () => void;
};

/** The prompt as text, with buttons to copy and to save it. */
export function GeneratedPrompt(props: GeneratedPromptProps): ReactElement {
  const { notes, warning, onRemake, library, onSaved } = props;
  const [prompt, setPrompt] = useState(props.prompt);
  const text = useRef<HTMLPreElement>(null);
  const [isSaving, setIsSaving] = useState(false);
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const missing = missingFacts(notes, prompt);
  return (
    <div className="mt-8">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 className="text-lg font-semibold">Generated Prompt:</h2>
        <div className="flex gap-2">
          <Button aria-expanded={isSaving} onClick={() => setIsSaving(!isSaving)}>
            Save
          </Button>
          <CopyButton text={prompt} />
        </div>
      </div>
      <p role="status" className="text-sm text-good">
        {savedAs !== null && `Saved as “${savedAs}”.`}
      </p>
      {isSaving && (
        <Suspense>
          <SavePrompt
            prompt={prompt}
            notes={notes}
            entries={library}
            onSaved={(name) => {
              setIsSaving(false);
              setSavedAs(name);
              onSaved();
            }}
            onLeave={() => setIsSaving(false)}
          />
        </Suspense>
      )}
      {missing.length > 0 && (
        <div role="note" className="mt-3 rounded-control bg-notice-soft p-3 text-sm text-notice">
          <p className="flex items-start gap-2 font-semibold">
            <Icon name="warning" className="mt-0.5 size-4" /> Please check: your notes mention facts that are
            not in the prompt
          </p>
          <ul className="mt-1 list-disc pl-10 wrap-anywhere">
            {missing.map((fact) => (
              <li key={fact} dir="auto">
                {fact}
              </li>
            ))}
          </ul>
          <Button
            size="small"
            className="mt-2 ml-6"
            onClick={() => {
              setPrompt(withFacts(prompt, notes, missing));
              text.current?.focus();
            }}
          >
            Add them
          </Button>
        </div>
      )}
      {warning !== null && (
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control bg-notice-soft p-3 text-sm text-notice">
          <p role="alert" className="flex min-w-0 flex-1 basis-64 items-start gap-2">
            <Icon name="warning" className="mt-0.5 size-4 shrink-0" /> {warning}
          </p>
          {onRemake !== null && (
            <Button size="small" onClick={() => void onRemake()}>
              Make it again with the AI
            </Button>
          )}
        </div>
      )}
      <pre
        ref={text}
        // Long prompts scroll by themselves, also by keyboard.
        tabIndex={0}
        aria-label="Prompt"
        className="mt-3 max-h-[32rem] overflow-auto rounded-card border border-line bg-surface p-4 font-sans leading-relaxed wrap-anywhere whitespace-pre-wrap shadow-card"
      >
        {prompt}
      </pre>
    </div>
  );
}

type Press = 'no' | 'yes' | 'failed';

/** The outcome of the last press of a button, for three seconds. */
function usePress(act: () => Promise<void>): { readonly went: Press; readonly press: () => void } {
  const [went, setWent] = useState<Press>('no');
  useEffect(() => {
    if (went === 'no') return;
    const timer = setTimeout(() => setWent('no'), 3_000);
    return () => clearTimeout(timer);
  }, [went]);
  const press = (): void =>
    void act().then(
      () => setWent('yes'),
      () => setWent('failed'),
    );
  return { went, press };
}

const copyWords = { no: 'Copy to Clipboard', yes: 'Copied', failed: 'Copying is not allowed here' } as const;

function CopyButton({ text }: { readonly text: string }): ReactElement {
  // There is no clipboard on pages that come over plain HTTP from another machine.
  const { went, press } = usePress(async () => navigator.clipboard.writeText(text));
  return <PressButton went={went} words={copyWords} onPress={press} />;
}

type PressButtonProps = {
  readonly went: Press;
  readonly words: Readonly<Record<Press, string>>;
  readonly onPress: () => void;
};

function PressButton({ went, words, onPress }: PressButtonProps): ReactElement {
  return (
    <Button onClick={onPress}>
      {went === 'yes' && <Icon name="check" className="size-4" />}
      <span aria-live="polite">{words[went]}</span>
    </Button>
  );
}
