import { type ReactElement, useEffect, useMemo } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../components/Button.tsx';
import { FailedPage, LoadingPage } from '../../components/PageStates.tsx';
import { Members } from '../../components/SystemPage.tsx';
import { idIn } from '../../routing/routes.ts';
import { replaceWith, usePathname } from '../../routing/usePathname.ts';
import { Palette } from './Palette.tsx';
import { QuestionPanel } from './QuestionPanel.tsx';
import { Submitting, SubmitDialog, TimeOverDialog } from './SubmitDialogs.tsx';
import { isAnswered } from './examSession.ts';
import { useExam } from './useExam.ts';
import { useLoad } from '../../state/useLoad.ts';
import { zoneInsights } from './zoneInsights.ts';
import { type Exam, type ZonesConfig, defaultConfig } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

/** A test, from its first question to its submit. */
export function TestPage(): ReactElement {
  const id = idIn(usePathname()) ?? 0;
  return <Members kept={zoneInsights.kept}>{() => <OpenTest key={id} id={id} />}</Members>;
}

type Loaded = { readonly exam: Exam; readonly config: ZonesConfig };

function OpenTest({ id }: { readonly id: number }): ReactElement {
  const read = useMemo(
    () =>
      async (signal: AbortSignal): Promise<Loaded> => {
        const [exam, config] = await Promise.all([
          zonesServer.exam(id, signal),
          zonesServer.config(signal).catch(() => defaultConfig),
        ]);
        return { exam, config };
      },
    [id],
  );
  const { load, reload } = useLoad(read);
  if (load.name === 'failed') {
    return (
      <FailedPage
        title="This test cannot be shown"
        advice="It may not be yours, or the server cannot be reached."
        onRetry={() => void reload()}
      />
    );
  }
  if (load.name === 'loading') return <LoadingPage />;
  const { exam, config } = load.value;
  if (exam.session.status !== 'open') return <Redirect to={redirectOf(exam)} />;
  return <OngoingTest exam={exam} config={config} />;
}

function redirectOf({ session }: Exam): string {
  return session.status === 'completed' ? `/loading-results/${session.id}` : '/tests/';
}

function Redirect({ to }: { readonly to: string }): ReactElement {
  useEffect(() => replaceWith(to), [to]);
  return <LoadingPage />;
}

function OngoingTest({ exam, config }: Loaded): ReactElement {
  const { state, session } = useExam(exam, config);
  const { questions, given, at, phase, problem } = state;
  const answered = questions.filter((question) => isAnswered(given[question.id])).length;
  const question = questions[at];
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="sticky top-0 z-10 border-b border-line bg-surface">
        <div className="mx-auto flex max-w-5xl items-center gap-3 px-4 py-2.5 sm:px-6">
          <h1 tabIndex={-1} className="flex-1 truncate font-bold outline-none">
            Practice Test #{exam.session.id}
          </h1>
          <Timer seconds={state.secondsLeft} />
          <Button look="primary" onClick={session.ask}>
            Submit test
          </Button>
        </div>
      </header>
      <main className="mx-auto grid w-full max-w-5xl flex-1 content-start gap-6 px-4 py-6 sm:px-6 lg:grid-cols-[1fr_17rem]">
        {question !== undefined && (
          <QuestionPanel
            question={question}
            given={given[question.id]}
            at={at}
            count={questions.length}
            session={session}
          />
        )}
        <Palette questions={questions} given={given} at={at} onGo={session.goTo} onQuit={session.quit} />
      </main>
      <div role="alert" className="fixed inset-x-0 bottom-4 z-[60] mx-auto w-fit px-4">
        {problem !== null && (
          <p className="flex items-center gap-2 rounded-control bg-bad-soft px-4 py-2.5 text-sm font-medium text-bad shadow-float">
            <Icon name="warning" /> {problem}
            <button type="button" aria-label="Dismiss" onClick={session.dismiss} className="p-1">
              <Icon name="close" className="size-4" />
            </button>
          </p>
        )}
      </div>
      <SubmitDialog
        isOpen={phase === 'asking'}
        answered={answered}
        count={questions.length}
        onSubmit={() => void session.submit()}
        onCancel={session.goOn}
      />
      <TimeOverDialog isOpen={phase === 'timeOver'} onSubmit={() => void session.submit()} />
      {(phase === 'submitting' || phase === 'redirecting') && <Submitting phase={phase} />}
    </div>
  );
}

function Timer({ seconds }: { readonly seconds: number }): ReactElement {
  const minutes = Math.floor(seconds / 60);
  const shown = `${String(minutes).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <span
      role="timer"
      aria-label="Time left"
      className={`inline-flex items-center gap-1.5 rounded-control px-2.5 py-1.5 font-mono text-sm font-semibold tabular-nums ${seconds < 60 ? 'bg-bad-soft text-bad' : 'bg-sunken'}`}
    >
      <Icon name="clock" className="size-4" /> {shown}
    </span>
  );
}
