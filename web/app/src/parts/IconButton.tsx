import { Tooltip } from 'radix-ui';
import type { ButtonHTMLAttributes, ReactElement } from 'react';
import { Icon, type IconName } from '../icons/Icon.tsx';

const looks = {
  quiet:
    'text-muted hover:bg-sunken hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-text',
  primary: 'bg-accent text-on-accent hover:bg-accent-strong disabled:bg-sunken disabled:text-muted',
} as const;

type IconButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly icon: IconName;
  /** The button's name, shown as its tooltip too. */
  readonly label: string;
  readonly look?: keyof typeof looks;
};

/** A button that is a drawing, with its name for those who cannot see or do not know it. */
export function IconButton({
  icon,
  label,
  look = 'quiet',
  className = '',
  ...rest
}: IconButtonProps): ReactElement {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          aria-label={label}
          className={`inline-flex size-10 items-center justify-center rounded-control transition-colors disabled:cursor-not-allowed ${looks[look]} ${className}`}
          {...rest}
        >
          <Icon name={icon} />
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          className="z-50 rounded-md bg-ink px-2 py-1 text-xs font-medium text-canvas shadow-float"
        >
          {label}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
