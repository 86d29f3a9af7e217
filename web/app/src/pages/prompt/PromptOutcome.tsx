import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../components/Button.tsx';
import { GeneratedPrompt } from './GeneratedPrompt.tsx';
import { PromptFailed } from './PromptFailed.tsx';
import type { Overview } from './promptApi.ts';
import type { PromptSession, PromptState } from './promptSession.ts';

type PromptOutcomeProps = {
  readonly state: PromptState;
  readonly overview: Overview;
  readonly session: PromptSession;
  readonly notes: string;
};

/** What became of the notes so far. */
export function PromptOutcome({ state, overview, session, notes }: PromptOutcomeProps): ReactElement | null {
  switch (state.name) {
    case 'idle':
      return null;
    case 'running':
      return <Running progress={state.progress} message={state.message} onCancel={session.cancel} />;
    case 'done':
      return <GeneratedPrompt prompt={state.prompt} notes={notes} warning={warningOf(state)} />;
    case 'failed':
      return <PromptFailed state={state} overview={overview} onRetry={session.generate} />;
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
          onAction={session.generate}
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
    <section aria-label="Progress" className="mt-8">
      <div
        role="progressbar"
        aria-label="Prompt generation"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={progress}
        aria-valuetext={line}
        className="h-2.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-500"
          style={{ width: `${progress}%` }}
        />
      </div>
      <div className="mt-2 flex items-center justify-between gap-4">
        <p role="status" className="text-sm text-muted">
          {line}
        </p>
        <Button look="quiet" onClick={() => void onCancel()}>
          Cancel
        </Button>
      </div>
    </section>
  );
}

type NoticeProps = {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly onAction: () => Promise<void>;
};

function Notice({ title, text, action, onAction }: NoticeProps): ReactElement {
  return (
    <section role="alert" className="mt-8 rounded-card border border-line bg-notice-soft p-5">
      <h2 className="flex items-center gap-2 font-semibold text-notice">
        <Icon name="warning" /> {title}
      </h2>
      <p className="mt-1 mb-4 text-sm">{text}</p>
      <Button onClick={() => void onAction()}>{action}</Button>
    </section>
  );
}
