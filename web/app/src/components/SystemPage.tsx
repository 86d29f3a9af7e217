import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from '../icons/Icon.tsx';
import { Link } from '../routing/Link.tsx';
import type { Account } from '../session/account.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { LoggedIn } from './LoggedIn.tsx';
import { FailedPage, LoadingPage } from './PageStates.tsx';

/** A system with several pages. */
export type System = {
  readonly name: string;
  readonly icon: IconName;
  /** Says what is kept while the server cannot be reached. */
  readonly kept: string;
  readonly width: 'max-w-5xl' | 'max-w-6xl';
  readonly links: readonly { readonly href: string; readonly name: string }[];
};

type MembersProps = {
  /** Says what is kept while the server cannot be reached. */
  readonly kept: string;
  readonly children: (account: Account) => ReactElement;
};

/** A page in English for people who are logged in. */
export function Members({ kept, children }: MembersProps): ReactElement {
  return (
    <LoggedIn
      loading={<LoadingPage />}
      renderFailed={(retry) => (
        <FailedPage
          title="The server cannot be reached"
          advice={`Check your connection. ${kept}`}
          onRetry={retry}
        />
      )}
    >
      {children}
    </LoggedIn>
  );
}

type SystemPageProps = {
  readonly system: System;
  /** The address of this page, if the header links to it. */
  readonly here?: string;
  readonly children: ReactNode;
};

/** A page of a system, under its header. */
export function SystemPage({ system, here, children }: SystemPageProps): ReactElement {
  return (
    <Members kept={system.kept}>
      {(account) => (
        <div className="min-h-dvh">
          <Header system={system} here={here} account={account} />
          <main className={`mx-auto px-4 py-6 sm:px-6 sm:py-10 ${system.width}`}>{children}</main>
        </div>
      )}
    </Members>
  );
}

type HeaderProps = { readonly system: System; readonly here: string | undefined; readonly account: Account };

/** The name of the system, links to its pages, and who is logged in. */
function Header({ system, here, account }: HeaderProps): ReactElement {
  return (
    <header className="border-b border-line bg-surface">
      <div className={`mx-auto flex items-center gap-3 px-3 py-2 sm:px-6 ${system.width}`}>
        <span className="grid size-9 shrink-0 place-items-center rounded-control bg-accent-soft text-accent-text">
          <Icon name={system.icon} />
        </span>
        <span className="font-bold tracking-tight max-sm:sr-only">{system.name}</span>
        <nav aria-label={system.name} className="flex flex-1 gap-1 text-sm font-medium sm:ml-4">
          {system.links.map(({ href, name }) => (
            <Link
              key={href}
              href={href}
              aria-current={href === here ? 'page' : undefined}
              className="rounded-control px-3 py-2 text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text"
            >
              {name}
            </Link>
          ))}
        </nav>
        <AccountMenu account={account} />
      </div>
    </header>
  );
}
