import { useState } from 'react';

export type Copying = {
  readonly outcome: '' | 'Copied' | 'Copying failed';
  readonly copy: () => void;
  readonly forget: () => void;
};

/** Copies a text, and tells how it went. Null where the browser has no clipboard: on pages over plain HTTP. */
export function useCopying(text: () => string): Copying | null {
  const [outcome, setOutcome] = useState<Copying['outcome']>('');
  if (!('clipboard' in navigator)) return null;
  const copy = (): void =>
    void navigator.clipboard.writeText(text()).then(
      () => setOutcome('Copied'),
      () => setOutcome('Copying failed'),
    );
  return { outcome, copy, forget: () => setOutcome('') };
}
