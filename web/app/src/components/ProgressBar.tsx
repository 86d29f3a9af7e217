import type { ReactElement } from 'react';

type ProgressBarProps = {
  readonly percent: number;
  readonly label: string;
  /** What a screen reader says in place of the percentage. */
  readonly text?: string;
  /** Whether the colour changes with the percentage, too. */
  readonly coloured?: boolean;
  readonly className?: string;
};

export function ProgressBar(props: ProgressBarProps): ReactElement {
  const { percent, label, text, coloured = false, className = 'h-2.5' } = props;
  const colour = !coloured
    ? 'bg-accent'
    : percent >= 90
      ? 'bg-good'
      : percent >= 30
        ? 'bg-accent'
        : 'bg-notice';
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={text}
      className={`overflow-hidden rounded-full bg-sunken ${className}`}
    >
      <div
        className={`h-full rounded-full transition-[width] duration-500 ${colour}`}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
