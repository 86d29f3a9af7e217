import type { ReactElement } from 'react';
import { IconButton } from './IconButton.tsx';
import { useCopying } from './useCopying.ts';

type CopyButtonProps = { readonly label: string; readonly text: () => string };

/** A button that copies a text; nothing where there is no clipboard. */
export function CopyButton({ label, text }: CopyButtonProps): ReactElement | null {
  const copying = useCopying(text);
  if (copying === null) return null;
  const copied = copying.outcome === 'Copied';
  return (
    <>
      <IconButton
        icon={copied ? 'check' : 'copy'}
        label={copied ? 'Copied' : label}
        onClick={copying.copy}
        onBlur={copying.forget}
      />
      <span role="status" className="sr-only">
        {copying.outcome}
      </span>
    </>
  );
}
