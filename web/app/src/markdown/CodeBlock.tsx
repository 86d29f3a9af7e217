import { type ComponentPropsWithoutRef, type ReactElement, useRef } from 'react';
import { useCopying } from '../components/useCopying.ts';
import { Icon } from '../icons/Icon.tsx';

/** A block of code that can be copied. */
export function CodeBlock(props: ComponentPropsWithoutRef<'pre'>): ReactElement {
  const block = useRef<HTMLPreElement>(null);
  const copying = useCopying(() => block.current?.textContent ?? '');
  return (
    <div className="relative">
      <pre {...props} ref={block} />
      {copying !== null && (
        <button
          type="button"
          aria-label={copying.outcome || 'Copy the code'}
          title="Copy the code"
          className="absolute top-1 right-1 inline-flex size-10 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink"
          onClick={copying.copy}
          onBlur={copying.forget}
        >
          <Icon name={copying.outcome === 'Copied' ? 'check' : 'copy'} className="size-5" />
        </button>
      )}
    </div>
  );
}
