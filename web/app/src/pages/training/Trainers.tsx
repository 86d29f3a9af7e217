import type { ReactElement, ReactNode } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { AccountMenu } from '../../parts/AccountMenu.tsx';
import { FailedPage, LoadingPage } from '../../parts/PageStates.tsx';
import { Link } from '../../routing/Link.tsx';
import type { Account } from '../../session/account.ts';
import { useAccount } from '../../session/useAccount.ts';
import { useLoginFirst } from '../../session/useLoginFirst.ts';

type TrainersProps = { readonly here?: 'dashboard' | 'upload'; readonly children: ReactNode };

/** A page for whoever is logged in, under the header of the training videos. */
export function Trainers({ here, children }: TrainersProps): ReactElement {
  const { state, retry } = useAccount();
  useLoginFirst(state);
  if (state.name === 'unknown') {
    return (
      <FailedPage
        title="The server cannot be reached"
        advice="Check your connection. Videos that were uploaded are still being worked on."
        onRetry={retry}
      />
    );
  }
  if (state.name !== 'in') return <LoadingPage />;
  return (
    <div className="min-h-dvh">
      <Header account={state.account} here={here} />
      <main className="mx-auto max-w-6xl px-4 py-6 sm:px-6 sm:py-10">{children}</main>
    </div>
  );
}

function Header({
  account,
  here,
}: {
  readonly account: Account;
  readonly here: TrainersProps['here'];
}): ReactElement {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-6xl items-center gap-3 px-3 py-2 sm:px-6">
        <span className="grid size-9 shrink-0 place-items-center rounded-control bg-accent-soft text-accent-text">
          <Icon name="video" />
        </span>
        <span className="font-bold tracking-tight max-sm:sr-only">Training Videos</span>
        <nav aria-label="Training Videos" className="flex flex-1 gap-1 text-sm font-medium sm:ml-4">
          <Way href="/training/" isHere={here === 'dashboard'} name="Dashboard" />
          <Way href="/upload/" isHere={here === 'upload'} name="Upload" />
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
