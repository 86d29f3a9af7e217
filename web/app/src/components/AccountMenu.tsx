import { DropdownMenu } from 'radix-ui';
import { type ReactElement, useState } from 'react';
import { Icon } from '../icons/Icon.tsx';
import { navigate } from '../routing/usePathname.ts';
import type { Account } from '../session/account.ts';
import { signOut } from '../session/signOut.ts';

type AccountMenuProps = { readonly account: Account; readonly beforeForgetting?: () => void };

const itemClasses =
  'flex cursor-pointer items-center rounded-md px-3 py-2 text-sm outline-none data-highlighted:bg-sunken';

/** The account that is logged in, with links home and to log out. */
export function AccountMenu({ account, beforeForgetting }: AccountMenuProps): ReactElement {
  const [failed, setFailed] = useState(false);
  const onLogOut = (event: Event): void => {
    // The menu stays open until the logout has succeeded or failed.
    event.preventDefault();
    signOut(beforeForgetting).catch(() => setFailed(true));
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={`Account: ${account.username}`}
        className="inline-flex h-10 items-center gap-1.5 rounded-control px-1.5 text-muted hover:bg-sunken hover:text-ink"
      >
        <span className="grid size-7 place-items-center rounded-full bg-accent-soft text-sm font-bold text-accent-text">
          {account.firstName.charAt(0).toUpperCase()}
        </span>
        <Icon name="chevronDown" className="size-4" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-50 min-w-56 rounded-card border border-line bg-surface p-1.5 shadow-float"
        >
          <DropdownMenu.Label className="px-3 py-2 text-sm text-muted">
            Logged in as <strong className="block font-semibold text-ink">{account.username}</strong>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className={itemClasses} onSelect={() => navigate('/')}>
            Home
          </DropdownMenu.Item>
          <DropdownMenu.Item className={itemClasses} onSelect={onLogOut}>
            {failed ? 'Logging out failed. Try again' : 'Log out'}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
