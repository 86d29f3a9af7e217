import { type ReactElement, useEffect, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { buttonClasses } from '../../parts/Button.tsx';
import { Dots } from '../../parts/PageStates.tsx';
import { Link } from '../../routing/Link.tsx';
import { Bar } from './Bar.tsx';
import { parts, wordsAt } from './processingWords.ts';
import type { ModuleStatus, TrainingModule } from './trainingApi.ts';
import { followVideo, trainingServer } from './trainingServer.ts';
import { useConfig } from './useConfig.ts';
import { waitForModule } from './waitForModule.ts';

type ProcessingScreenProps = {
  readonly module: TrainingModule;
  /** The module is ready, or has failed. */
  readonly onEnd: () => Promise<void>;
};

/** Shown while a module is made. */
export function ProcessingScreen({ module, onEnd }: ProcessingScreenProps): ReactElement {
  const { status, slow, timedOut } = useProcessing(module, onEnd);
  const { progress } = status;
  return (
    <section aria-labelledby="processing" className="mx-auto max-w-xl py-4 sm:py-8">
      <div className="rounded-card border border-line bg-surface p-6 shadow-card sm:p-8">
        <h1 id="processing" tabIndex={-1} className="text-2xl font-bold tracking-tight outline-none">
          AI is Processing Your Video
        </h1>
        <p className="mt-1 text-muted wrap-anywhere">{status.title}</p>
        <p role="status" className="mt-6 flex items-center gap-3 font-medium text-accent-text">
          {!timedOut && <Dots />}{' '}
          {timedOut ? 'Processing timeout reached' : status.message || wordsAt(progress)}
        </p>
        <Bar percent={progress} label="Processing" className="mt-3" />
        <p className="mt-2 text-sm text-muted tabular-nums">
          {progress}% complete • This usually takes <span className="whitespace-nowrap">30-60 seconds</span>
        </p>
        {timedOut && <p className="mt-4 text-sm text-notice">Check back in a few minutes</p>}
        {slow && !timedOut && (
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

type Processing = { readonly status: ModuleStatus; readonly slow: boolean; readonly timedOut: boolean };

/** How a module's processing stands, until it ends or nobody waits any longer. */
function useProcessing(module: TrainingModule, onEnd: () => Promise<void>): Processing {
  const config = useConfig();
  const [status, setStatus] = useState<ModuleStatus>(module);
  const [timedOut, setTimedOut] = useState(false);
  const [late, setLate] = useState(false);
  const { id, taskId } = module;

  useEffect(
    () =>
      waitForModule({
        poll: (signal) => trainingServer.status(id, signal),
        every: config.poll_every_ms,
        atMost: config.poll_for_ms,
        follow: (signal, onChange) => {
          if (taskId !== null) followVideo(taskId, signal, onChange);
        },
        onStatus: (now) => {
          setStatus(now);
          if (now.status !== 'processing') void onEnd();
        },
        onTimeout: () => setTimedOut(true),
      }),
    [id, taskId, config.poll_every_ms, config.poll_for_ms, onEnd],
  );

  useEffect(() => {
    const timer = setTimeout(() => setLate(true), config.slow_after_ms);
    return () => clearTimeout(timer);
  }, [config.slow_after_ms]);

  return { status, slow: late && status.progress === 0, timedOut };
}

/** Shown when a module could not be made. */
export function ProcessingFailed({ module }: { readonly module: TrainingModule }): ReactElement {
  return (
    <div role="alert" className="mx-auto max-w-md py-16 text-center">
      <Icon name="warning" className="mx-auto size-12 text-bad" />
      <h1 tabIndex={-1} className="mt-4 text-2xl font-bold outline-none">
        Processing Failed
      </h1>
      <p className="mt-1 text-muted wrap-anywhere">{module.title}</p>
      <p className="mt-3 mb-6 wrap-anywhere">{module.error}</p>
      <Link href="/upload/" className={buttonClasses('primary')}>
        Try Again
      </Link>
    </div>
  );
}
