import { type ReactElement, Suspense, lazy } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { GeneratedPrompt } from './GeneratedPrompt.tsx';
import type { Overview } from './promptApi.ts';
import type { LibraryEntry } from './promptLibraryApi.ts';
import type { PromptSession, PromptState } from './promptSession.ts';

const PromptFailed = lazy(async () => ({ default: (await import('./PromptFailed.tsx')).PromptFailed }));

type PromptOutcomeProps = {
  readonly state: PromptState;
  readonly overview: Overview;
  readonly session: PromptSession;
  readonly notes: string;
  readonly library: readonly LibraryEntry[];
  readonly onSaved: () => void;
};

/** The state of a prompt, or its result. */
export function PromptOutcome(props: PromptOutcomeProps): ReactElement | null {
  const { state, overview, session, notes, library, onSaved } = props;
  switch (state.name) {
    case 'idle':
      return null;
    case 'running':
      return <Running progress={state.progress} message={state.message} onCancel={session.cancel} />;
    case 'done':
      return (
        <GeneratedPrompt
          key={state.prompt}
          prompt={state.prompt}
          notes={notes}
          warning={warningOf(state)}
          onRemake={overview.offline ? null : session.remake}
          library={library}
          onSaved={onSaved}
        />
      );
    case 'failed':
      return (
        <Suspense>
          <PromptFailed state={state} overview={overview} onRetry={session.generate} />
        </Suspense>
      );
    case 'waiting':
      return (
        <Notice
          title={
            state.why === 'late'
              ? 'This is taking longer than expected'
              : 'The server cannot be reached right now'
          }
          text="Your request is not lost: look again, or come back within ten minutes."
          action="Check again"
          onAction={session.lookAgain}
        />
      );
    case 'gone':
      return (
        <Notice
          title="This request has expired"
          text="Task not found. It may have expired or never existed."
          action="Start again"
          onAction={() => void session.generate()}
        />
      );
    case 'cancelled':
      return (
        <p role="status" className="mt-8 rounded-card border border-line bg-sunken p-5 text-sm">
          Prompt generation was cancelled. No tokens were taken.
        </p>
      );
  }
}

function warningOf({ byAi, warning }: { byAi: boolean; warning: string | null }): string | null {
  return byAi ? null : (warning ?? 'This prompt was made without an AI.');
}

type RunningProps = {
  readonly progress: number;
  readonly message: string;
  readonly onCancel: () => Promise<void>;
};

function Running({ progress, message, onCancel }: RunningProps): ReactElement {
  const line = `${progress}% - ${message}`;
  return (
    <div className="mt-8">
      <ProgressBar percent={progress} label="Prompt generation" text={line} />
      <div className="mt-2 flex items-center justify-between gap-4">
        <p role="status" className="text-sm text-muted">
          {line}
        </p>
        <Button look="quiet" onClick={() => void onCancel()}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

type NoticeProps = {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly onAction: () => void;
};

function Notice({ title, text, action, onAction }: NoticeProps): ReactElement {
  return (
    <section role="alert" className="mt-8 rounded-card border border-line bg-notice-soft p-5">
      <h2 className="flex items-center gap-2 font-semibold text-notice">
        <Icon name="warning" /> {title}
      </h2>
      <p className="mt-1 mb-4 text-sm">{text}</p>
      <Button onClick={onAction}>{action}</Button>
    </section>
  );
}
