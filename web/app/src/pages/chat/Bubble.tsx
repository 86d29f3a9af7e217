import type { ReactElement, ReactNode } from 'react';
import { Robot } from '../../icons/Robot.tsx';

/** A message of SAT Buddy, with its face beside it. */
export function BuddyBubble({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div className="flex gap-3">
      <Robot className="mt-0.5 hidden size-8 shrink-0 sm:block" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

/** Says that no AI model wrote the answer above. */
export function OfflineNote(): ReactElement {
  return <p className="mt-2 text-sm text-muted">Answered offline, without an AI model</p>;
}
