import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { AccountMenu } from '../../parts/AccountMenu.tsx';
import { FailedPage, LoadingPage } from '../../parts/PageStates.tsx';
import { Link } from '../../routing/Link.tsx';
import type { Account } from '../../session/account.ts';
import { useAccount } from '../../session/useAccount.ts';
import { useLoginFirst } from '../../session/useLoginFirst.ts';

/** A page for whoever is logged in; the others are led to the login first. */
export function Members({
  children,
}: {
  readonly children: (account: Account) => ReactElement;
}): ReactElement {
  const { state, retry } = useAccount();
  useLoginFirst(state);
  if (state.name === 'unknown') {
    return (
      <FailedPage
        title="The server cannot be reached"
        advice="Check your connection. Your answers and insights are kept on the server."
        onRetry={retry}
      />
    );
  }
  return state.name === 'in' ? children(state.account) : <LoadingPage />;
}

type ZonesHeaderProps = { readonly account: Account; readonly here: 'tests' | 'dashboard' };

/** The name of the system, the ways between its pages, and who is logged in. */
export function ZonesHeader({ account, here }: ZonesHeaderProps): ReactElement {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-5xl items-center gap-3 px-3 py-2 sm:px-6">
        <span className="grid size-9 shrink-0 place-items-center rounded-control bg-accent-soft text-accent-text">
          <Icon name="chart" />
        </span>
        <span className="font-bold tracking-tight max-sm:sr-only">Zone Insights</span>
        <nav aria-label="Zone Insights" className="flex flex-1 gap-1 text-sm font-medium sm:ml-4">
          <Way href="/tests/" isHere={here === 'tests'} name="Take a test" />
          <Way href="/dashboard/" isHere={here === 'dashboard'} name="Dashboard" />
        </nav>
        <AccountMenu account={account} />
      </div>
    </header>
  );
}

function Way(props: {
  readonly href: string;
  readonly isHere: boolean;
  readonly name: string;
}): ReactElement {
  return (
    <Link
      href={props.href}
      aria-current={props.isHere ? 'page' : undefined}
      className="rounded-control px-3 py-2 text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text"
    >
      {props.name}
    </Link>
  );
}
