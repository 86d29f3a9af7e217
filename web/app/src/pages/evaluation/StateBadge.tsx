import type { ReactElement } from 'react';
import type { Badge, Tone } from './badges.ts';

const tones: Readonly<Record<Tone, string>> = {
  grey: 'bg-sunken text-muted',
  blue: 'bg-accent-soft text-accent-text',
  green: 'bg-good-soft text-good',
  amber: 'bg-notice-soft text-notice',
  red: 'bg-bad-soft text-bad',
};

export function StateBadge({ badge }: { readonly badge: Badge }): ReactElement {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-semibold whitespace-nowrap ${tones[badge.tone]}`}
    >
      {badge.spins === true && (
        <span
          aria-hidden="true"
          className="size-3 animate-spin rounded-full border-2 border-current border-t-transparent"
        />
      )}
      {badge.words}
    </span>
  );
}
