import { type ReactElement, type ReactNode, useEffect } from 'react';
import { HandoffError } from '@handoff/client';
import { Icon } from '../../icons/Icon.tsx';
import { AccountMenu } from '../../parts/AccountMenu.tsx';
import { Button, buttonClasses } from '../../parts/Button.tsx';
import { Dots } from '../../parts/PageStates.tsx';
import { Link } from '../../routing/Link.tsx';
import type { Account } from '../../session/account.ts';
import { useAccount } from '../../session/useAccount.ts';
import { useLoginFirst } from '../../session/useLoginFirst.ts';
import type { Evaluation } from './evaluationApi.ts';
import { StateBadge } from './StateBadge.tsx';

/** The frame of the pages in Dutch, for whoever is logged in; the others are led to the login first. */
export function Frame({ children }: { readonly children: () => ReactElement }): ReactElement {
  const { state, retry } = useAccount();
  useLoginFirst(state);
  useDutch();
  if (state.name === 'in') {
    return (
      <div className="min-h-dvh">
        <Header account={state.account} />
        <main className="mx-auto max-w-5xl px-4 py-6 sm:px-6 sm:py-10">{children()}</main>
      </div>
    );
  }
  return (
    <main className="mx-auto max-w-5xl px-4 py-10">
      {state.name === 'unknown' ? <Failed title="Laden mislukt" onRetry={retry} /> : <Loading />}
    </main>
  );
}

function useDutch(): void {
  useEffect(() => {
    const before = document.documentElement.lang;
    document.documentElement.lang = 'nl';
    return () => {
      document.documentElement.lang = before;
    };
  }, []);
}

function Header({ account }: { readonly account: Account }): ReactElement {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-5xl items-center gap-3 px-3 py-2 sm:px-6">
        <span className="grid size-9 shrink-0 place-items-center rounded-control bg-accent-soft text-accent-text">
          <Icon name="star" />
        </span>
        <Link href="/evaluaties/" className="flex-1 font-bold tracking-tight">
          Team Evaluatie
        </Link>
        <AccountMenu account={account} />
      </div>
    </header>
  );
}

/** The way back to all evaluations. */
export function Back(): ReactElement {
  return (
    <Link href="/evaluaties/" className={buttonClasses('outline', 'mb-5')}>
      <Icon name="arrowRight" className="size-4 rotate-180" /> Terug
    </Link>
  );
}

/** Whether an evaluation goes on, and until when. */
export function Standing({ evaluation }: { readonly evaluation: Evaluation }): ReactElement {
  const { status, deadline } = evaluation;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      <StateBadge
        badge={
          status === 'closed'
            ? { words: 'Afgerond', tone: 'green' }
            : { words: status === 'open' ? 'Open' : 'Concept', tone: status === 'open' ? 'blue' : 'grey' }
        }
      />
      <span className="inline-flex items-center gap-1.5">
        <Icon name="calendar" className="size-4" /> Deadline:{' '}
        {deadline === null ? 'Niet ingesteld' : day(deadline)}
      </span>
    </p>
  );
}

function day(date: string): string {
  return new Date(`${date}T12:00:00`).toLocaleDateString('nl-NL', { dateStyle: 'long' });
}

/** Something is being read. */
export function Loading(): ReactElement {
  return (
    <p role="status" className="flex items-center gap-3 py-10 text-muted">
      <Dots /> Laden...
    </p>
  );
}

type FailedProps = { readonly title: string; readonly onRetry?: () => void };

/** Something could not be read. */
export function Failed({ title, onRetry }: FailedProps): ReactElement {
  return (
    <div role="alert" className="rounded-card border border-line bg-surface p-8 text-center shadow-card">
      <Icon name="warning" className="mx-auto size-8 text-bad" />
      <h1 className="mt-3 mb-4 text-xl font-semibold">{title}</h1>
      {onRetry && <Button onClick={onRetry}>Opnieuw proberen</Button>}
    </div>
  );
}

/** A part of a page with a title. */
export function Box(props: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className="rounded-card border border-line bg-surface p-5 shadow-card sm:p-6">
      <h2 className="mb-3 text-lg font-semibold">{props.title}</h2>
      {props.children}
    </section>
  );
}

type FailedLoadProps = { readonly error: unknown; readonly onRetry: () => void };

/** An evaluation could not be read; looking again helps only where there is one. */
export function FailedLoad({ error, onRetry }: FailedLoadProps): ReactElement {
  return error instanceof HandoffError && error.status === 404 ? (
    <Failed title="Evaluatie niet gevonden" />
  ) : (
    <Failed title="Laden mislukt" onRetry={onRetry} />
  );
}
