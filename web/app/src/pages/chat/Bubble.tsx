import type { ReactElement, ReactNode } from 'react';
import { Robot } from '../../icons/Robot.tsx';

/** Something SAT Buddy says, with its face beside it. */
export function BuddyBubble({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div className="flex gap-3">
      <Robot className="mt-0.5 hidden size-8 shrink-0 sm:block" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

/** Tells that no model wrote what it stands under. */
export function OfflineNote(): ReactElement {
  return <p className="mt-2 text-sm text-muted">Answered offline, without an AI model</p>;
}
