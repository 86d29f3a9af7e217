import { type ReactElement, Suspense, lazy, useEffect } from 'react';
import { AccountMenu } from '../../components/AccountMenu.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { Brand } from '../../components/Brand.tsx';
import type { Account } from '../../session/account.ts';
import { useStore } from '../../state/useStore.ts';
import { BatchOutcomes } from './BatchOutcomes.tsx';
import { NotesForm } from './NotesForm.tsx';
import { PromptOutcome } from './PromptOutcome.tsx';
import { PromptTimes } from './PromptTimes.tsx';
import { deniedReason } from './denied.ts';
import type { Overview } from './promptApi.ts';
import type { LibraryEntry } from './promptLibraryApi.ts';
import { SavedPrompts } from './SavedPrompts.tsx';
import { usePromptSession, usePrompts } from './usePrompts.ts';

const DeniedNotice = lazy(async () => ({ default: (await import('./DeniedNotice.tsx')).DeniedNotice }));

type PromptScreenProps = {
  readonly account: Account;
  readonly overview: Overview;
  readonly library: readonly LibraryEntry[];
  /** Reads anew what the owner has left and saved. */
  readonly refresh: () => void;
};

export function PromptScreen({ account, overview, library, refresh }: PromptScreenProps): ReactElement {
  const prompts = usePrompts(account);
  const { session, batch } = prompts;
  const snapshot = usePromptSession(session, overview);
  const batchState = useStore(batch);
  const { notes, state } = snapshot;
  const isMaking = state.name === 'running' || batchState.isRunning;
  // What a prompt in progress holds comes back or is taken at its end.
  const denied = isMaking ? null : deniedReason(overview);
  const forget = (): void => {
    session.forget();
    batch.forget();
  };
  const isBatch = batchState.sessions.length > 0 || batchState.problem !== null;
  const isBatchOver = isBatch && !batchState.isRunning;
  // Every end may have taken tokens.
  useEffect(() => {
    if (state.name === 'done' || state.name === 'failed' || isBatchOver) refresh();
  }, [state.name, isBatchOver, refresh]);
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-3xl items-center justify-between gap-4 px-4 py-2 sm:px-6">
          <Brand />
          <AccountMenu account={account} beforeForgetting={forget} />
        </div>
        {overview.offline && (
          <p className="border-t border-line bg-notice-soft px-4 py-1.5 text-center text-sm text-notice">
            Offline mode: prompts are arranged by fixed rules, without an AI model and at no cost
          </p>
        )}
      </header>
      <main className="mx-auto w-full max-w-3xl flex-1 px-4 py-8 sm:px-6 sm:py-12">
        <PageHeading>Prompt for your AI assistant</PageHeading>
        <p className="mt-2 text-muted">
          Write down what your customers ask about: opening hours, services, prices, contacts, tone. The AI
          turns it into a professional prompt
          {overview.businessType === null ? '.' : ` for your kind of business (${overview.businessType}).`}
        </p>
        <Balance overview={overview} />
        {denied !== null && (
          <Suspense>
            <DeniedNotice reason={denied} overview={overview} />
          </Suspense>
        )}
        <NotesForm
          prompts={prompts}
          snapshot={snapshot}
          limit={overview.notesLimit}
          isDenied={denied !== null}
        />
        {isBatch ? (
          <BatchOutcomes
            state={batchState}
            onRemakeAll={batch.remakeAll}
            overview={overview}
            library={library}
            onSaved={refresh}
          />
        ) : (
          <PromptOutcome
            state={state}
            overview={overview}
            session={session}
            notes={notes}
            library={library}
            onSaved={refresh}
          />
        )}
        <SavedPrompts entries={library} onChanged={refresh} />
        <PromptTimes />
      </main>
    </div>
  );
}

function Balance({ overview }: { readonly overview: Overview }): ReactElement {
  const { tokens, days, hasSubscription, plan } = overview;
  return (
    <p className="mt-4 text-sm text-muted" data-testid="balance">
      {hasSubscription
        ? `${tokens.toLocaleString('en')} tokens remaining${planOf(plan)}${daysLeft(days)}`
        : 'You have no subscription yet.'}
    </p>
  );
}

function planOf(plan: Overview['plan']): string {
  return plan === null ? '' : ` · plan ${plan.name}`;
}

function daysLeft(days: number | null): string {
  if (days === null) return '';
  if (days === 0) return ' · subscription over';
  return days === 1 ? ' · 1 day left' : ` · ${days} days left`;
}
