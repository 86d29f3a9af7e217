import type { ReactElement } from 'react';

type BarProps = { readonly percent: number; readonly label: string; readonly className?: string };

/** How far something is; its colour follows. */
export function Bar({ percent, label, className = '' }: BarProps): ReactElement {
  const colour = percent >= 90 ? 'bg-good' : percent >= 30 ? 'bg-accent' : 'bg-notice';
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={`h-2.5 overflow-hidden rounded-full bg-sunken ${className}`}
    >
      <div
        className={`h-full rounded-full transition-[width] duration-500 ${colour}`}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
