import { lazy, type ReactElement, Suspense, useState } from 'react';
import { Loading } from './Frame.tsx';

const ReceiversForm = lazy(async () => ({ default: (await import('./ReceiversForm.tsx')).ReceiversForm }));

/** To which hosts the school's messages about summaries may go, and what they are signed with; closed at first. */
export function Receivers(): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="mt-4 max-w-prose text-sm" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer font-medium">Berichten aan andere systemen</summary>
      {isOpen && (
        <Suspense fallback={<Loading />}>
          <ReceiversForm />
        </Suspense>
      )}
    </details>
  );
}
