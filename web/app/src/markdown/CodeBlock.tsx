import { type ComponentPropsWithoutRef, type ReactElement, useRef } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';

/** A block of code that can be copied. */
export function CodeBlock(props: ComponentPropsWithoutRef<'pre'>): ReactElement {
  const block = useRef<HTMLPreElement>(null);
  return (
    <div className="relative">
      <pre {...props} ref={block} />
      <CopyButton
        label="Copy the code"
        text={() => block.current?.textContent ?? ''}
        className="absolute top-1 right-1"
      />
    </div>
  );
}
