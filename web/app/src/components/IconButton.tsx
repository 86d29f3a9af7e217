import { Tooltip } from 'radix-ui';
import type { ComponentPropsWithRef, ReactElement } from 'react';
import { Icon, type IconName } from '../icons/Icon.tsx';

const looks = {
  quiet:
    'rounded-control px-2 text-muted hover:bg-sunken hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-text',
  primary:
    'rounded-full bg-accent text-on-accent hover:bg-accent-strong disabled:bg-sunken disabled:text-muted',
} as const;

type IconButtonProps = ComponentPropsWithRef<'button'> & {
  readonly icon: IconName;
  /** The button's accessible name and its tooltip. */
  readonly label: string;
  readonly look?: keyof typeof looks;
  /** Whether the name is shown beside the icon on wide screens. */
  readonly spelled?: boolean;
};

/** A button with an icon, an accessible name and a tooltip. */
export function IconButton(props: IconButtonProps): ReactElement {
  const { icon, label, look = 'quiet', spelled = false, className = '', ...rest } = props;
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          aria-label={label}
          className={`inline-flex h-10 min-w-10 items-center justify-center transition-colors disabled:cursor-not-allowed ${looks[look]} ${className}`}
          {...rest}
        >
          <Icon name={icon} className={icon === 'stop' ? 'size-5 fill-current' : 'size-5'} />
          {spelled && <span className="ml-2 hidden pr-1 text-sm font-medium sm:inline">{label}</span>}
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
