import { type ReactElement, useCallback } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button, buttonClasses } from '../../components/Button.tsx';
import { Dots, Empty } from '../../components/PageStates.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { Link } from '../../routing/Link.tsx';
import { CancelProcessing } from './CancelProcessing.tsx';
import { parts, wordsAt } from './processingWords.ts';
import type { TrainingModule } from './trainingApi.ts';
import { trainingServer, useConfig } from './trainingServer.ts';
import { useAction } from './useAction.ts';
import { useProcessing } from './useProcessing.ts';
import { useUsualTime } from './useUsualTime.ts';

type ProcessingScreenProps = {
  readonly module: TrainingModule;
  /** Called when the module is ready or has failed. */
  readonly onEnd: () => void;
};

/** Shown while a module is being made. */
export function ProcessingScreen({ module, onEnd }: ProcessingScreenProps): ReactElement {
  const { status, isSlow, isTimedOut } = useProcessing(module, useConfig(), onEnd);
  const { progress } = status;
  const usual = useUsualTime();
  return (
    <section aria-labelledby="processing" className="mx-auto max-w-xl py-4 sm:py-8">
      <div className="rounded-card border border-line bg-surface p-6 shadow-card sm:p-8">
        <h1 id="processing" tabIndex={-1} className="text-2xl font-bold tracking-tight outline-none">
          AI is Processing Your Video
        </h1>
        <p className="mt-1 text-muted wrap-anywhere">{status.title}</p>
        <p role="status" className="mt-6 flex items-center gap-3 font-medium text-accent-text">
          {!isTimedOut && <Dots />}{' '}
          {isTimedOut ? 'Processing timeout reached' : status.message || wordsAt(progress)}
        </p>
        <ProgressBar coloured percent={progress} label="Processing" className="mt-3 h-2.5" />
        <p className="mt-2 text-sm text-muted tabular-nums">
          {progress}% complete • This usually takes <span className="whitespace-nowrap">{usual}</span>
        </p>
        {isTimedOut && <p className="mt-4 text-sm text-notice">Check back in a few minutes</p>}
        {isSlow && !isTimedOut && (
          <p role="status" className="mt-4 rounded-control bg-notice-soft px-3 py-2 text-sm text-notice">
            Processing seems to be taking longer than usual
          </p>
        )}
        <h2 className="mt-8 text-sm font-semibold">Processing Steps:</h2>
        <ul className="mt-3 grid gap-2.5">
          {parts.map(({ name, from }) => (
            <li key={name} className="flex items-center gap-3 text-sm">
              <Tick done={progress >= from} />
              <span className={progress >= from ? '' : 'text-muted'}>
                {name}
                <span className="sr-only">{progress >= from ? ', done' : ', not done yet'}</span>
              </span>
            </li>
          ))}
        </ul>
        <CancelProcessing moduleId={module.id} onCancelled={onEnd} className="mt-6" />
      </div>
      <div className="mt-5 rounded-card bg-accent-soft px-5 py-4 text-sm">
        <p className="font-semibold text-accent-text">Processing in background</p>
        <p className="mt-0.5">You can close this page and come back later</p>
      </div>
    </section>
  );
}

function Tick({ done }: { readonly done: boolean }): ReactElement {
  return (
    <span
      className={`grid size-6 place-items-center rounded-full ${done ? 'bg-good-soft text-good' : 'border border-line-strong'}`}
    >
      {done && <Icon name="check" className="size-4" />}
    </span>
  );
}

type ProcessingFailedProps = { readonly module: TrainingModule; readonly refresh: () => Promise<void> };

/** Shown when a module could not be made. */
export function ProcessingFailed({ module, refresh }: ProcessingFailedProps): ReactElement {
  const again = useCallback(async () => {
    await trainingServer.reprocess(module.id);
    await refresh();
  }, [module.id, refresh]);
  const { isBusy, error, run } = useAction(again);
  return (
    <Empty role="alert" icon="warning" title="Processing Failed">
      <p className="mt-1 text-muted wrap-anywhere">{module.title}</p>
      <p className="mt-3 mb-6 wrap-anywhere">{module.error}</p>
      <span className="flex flex-wrap justify-center gap-2">
        <Link href="/upload/" className={buttonClasses('primary')}>
          Try Again
        </Link>
        {module.hasVideo && (
          <Button disabled={isBusy} onClick={() => void run()}>
            Analyse this video again
          </Button>
        )}
      </span>
      {error !== null && <p className="mt-3 text-sm text-bad">{error}</p>}
    </Empty>
  );
}
