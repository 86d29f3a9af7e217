import { type ReactElement, useState } from 'react';
import { IconButton } from './IconButton.tsx';

type CopyButtonProps = { readonly label: string; readonly text: () => string; readonly className?: string };

/** Copies a text. There is no clipboard on pages that come over plain HTTP from another machine, and no button. */
export function CopyButton({ label, text, className = '' }: CopyButtonProps): ReactElement | null {
  const [outcome, setOutcome] = useState('');
  if (!('clipboard' in navigator)) return null;
  const onClick = (): void =>
    void navigator.clipboard.writeText(text()).then(
      () => setOutcome('Copied'),
      () => setOutcome('Copying failed'),
    );
  return (
    <>
      <IconButton
        icon={outcome === 'Copied' ? 'check' : 'copy'}
        label={outcome === 'Copied' ? 'Copied' : label}
        className={className}
        onClick={onClick}
        onBlur={() => setOutcome('')}
      />
      <span role="status" className="sr-only">
        {outcome}
      </span>
    </>
  );
}
