import { type ReactElement, useEffect, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../parts/Button.tsx';

type GeneratedPromptProps = { readonly prompt: string; readonly warning: string | null };

/** The prompt as text, to be taken along. */
export function GeneratedPrompt({ prompt, warning }: GeneratedPromptProps): ReactElement {
  return (
    <section aria-labelledby="generated" className="mt-8">
      <div className="flex items-center justify-between gap-4">
        <h2 id="generated" className="text-lg font-semibold">
          Generated Prompt:
        </h2>
        <CopyButton text={prompt} />
      </div>
      {warning !== null && (
        <p
          role="alert"
          className="mt-3 flex items-start gap-2 rounded-control bg-notice-soft p-3 text-sm text-notice"
        >
          <Icon name="warning" className="mt-0.5 size-4" /> {warning}
        </p>
      )}
      <pre
        // Long prompts scroll in their own place, also by keyboard.
        tabIndex={0}
        aria-label="Prompt"
        className="mt-3 max-h-[32rem] overflow-auto rounded-card border border-line bg-surface p-4 font-sans leading-relaxed wrap-anywhere whitespace-pre-wrap shadow-card"
      >
        {prompt}
      </pre>
    </section>
  );
}

const words = { no: 'Copy to Clipboard', yes: 'Copied', failed: 'Copying is not allowed here' } as const;

function CopyButton({ text }: { readonly text: string }): ReactElement {
  const [copied, setCopied] = useState<keyof typeof words>('no');
  useEffect(() => {
    if (copied === 'no') return;
    const timer = setTimeout(() => setCopied('no'), 3_000);
    return () => clearTimeout(timer);
  }, [copied]);
  // There is no clipboard where the page came over plain HTTP from another machine.
  const copy = async (): Promise<void> => navigator.clipboard.writeText(text);
  return (
    <Button
      onClick={() =>
        void copy().then(
          () => setCopied('yes'),
          () => setCopied('failed'),
        )
      }
    >
      {copied === 'yes' && <Icon name="check" className="size-4" />}
      <span aria-live="polite">{words[copied]}</span>
    </Button>
  );
}
