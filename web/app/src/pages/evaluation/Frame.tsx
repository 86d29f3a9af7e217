import { type ReactElement, type ReactNode, useEffect } from 'react';
import { HandoffError } from '@handoff/client';
import { Icon } from '../../icons/Icon.tsx';
import { AccountMenu } from '../../components/AccountMenu.tsx';
import { Button, buttonClasses } from '../../components/Button.tsx';
import { LoggedIn } from '../../components/LoggedIn.tsx';
import { Loading as LoadingText } from '../../components/PageStates.tsx';
import { Link } from '../../routing/Link.tsx';
import type { Account } from '../../session/account.ts';
import type { Evaluation } from './evaluationApi.ts';
import { StateBadge } from './StateBadge.tsx';

/** The frame of the Dutch pages, for people who are logged in. */
export function Frame({ children }: { readonly children: () => ReactElement }): ReactElement {
  useDutch();
  const outside = (content: ReactElement): ReactElement => (
    <main className="mx-auto max-w-5xl px-4 py-10">{content}</main>
  );
  return (
    <LoggedIn
      loading={outside(<Loading />)}
      renderFailed={(retry) => outside(<Failed title="Laden mislukt" onRetry={retry} />)}
    >
      {(account) => (
        <div className="min-h-dvh">
          <Header account={account} />
          <main className="mx-auto max-w-5xl px-4 py-6 sm:px-6 sm:py-10">{children()}</main>
        </div>
      )}
    </LoggedIn>
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

export function Back(): ReactElement {
  return (
    <Link href="/evaluaties/" className={buttonClasses('outline', 'mb-5')}>
      <Icon name="arrowRight" className="size-4 rotate-180" /> Terug
    </Link>
  );
}

/** Whether an evaluation is open, and until when. */
export function EvaluationState({ evaluation }: { readonly evaluation: Evaluation }): ReactElement {
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

export function Loading(): ReactElement {
  return <LoadingText className="py-10">Laden...</LoadingText>;
}

type FailedProps = {
  readonly title: string;
  readonly onRetry?: () => void;
  /** What there is to say or to do. */
  readonly children?: ReactNode;
};

export function Failed({ title, onRetry, children }: FailedProps): ReactElement {
  return (
    <div role="alert" className="rounded-card border border-line bg-surface p-8 text-center shadow-card">
      <Icon name="warning" className="mx-auto size-8 text-bad" />
      <h1 tabIndex={-1} className="mt-3 mb-4 text-xl font-semibold outline-none">
        {title}
      </h1>
      {children}
      {onRetry && <Button onClick={onRetry}>Opnieuw proberen</Button>}
    </div>
  );
}

export function Box(props: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className="rounded-card border border-line bg-surface p-5 shadow-card sm:p-6">
      <h2 className="mb-3 text-lg font-semibold">{props.title}</h2>
      {props.children}
    </section>
  );
}

type FailedLoadProps = { readonly error: unknown; readonly onRetry: () => void };

/** Says that an evaluation could not be loaded; trying again is offered where there is one. */
export function FailedLoad({ error, onRetry }: FailedLoadProps): ReactElement {
  const status = error instanceof HandoffError ? error.status : 0;
  if (status === 404) return <Failed title="Evaluatie niet gevonden" />;
  if (status !== 403) return <Failed title="Laden mislukt" onRetry={onRetry} />;
  return (
    <Failed title="Geen toegang">
      <p className="mb-6 text-muted">
        Deze pagina is voor leerlingen en docenten van een school, en dit account hoort daar niet (meer) bij.
      </p>
      <Link href="/" className={buttonClasses('primary')}>
        Naar het begin
      </Link>
    </Failed>
  );
}
