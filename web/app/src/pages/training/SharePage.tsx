import { type ReactElement, useCallback, useRef, useState } from 'react';
import { Brand } from '../../components/Brand.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { Button } from '../../components/Button.tsx';
import { Empty, Failure, Loading } from '../../components/PageStates.tsx';
import { usePageTitle } from '../../components/usePageTitle.ts';
import { wordIn } from '../../routing/routes.ts';
import { usePathname } from '../../routing/usePathname.ts';
import { useLoad } from '../../state/useLoad.ts';
import { Player } from './Player.tsx';
import { clock } from './processingWords.ts';
import { placeAt } from './stepPlaces.ts';
import type { SharedModule } from './trainingApi.ts';
import { isMissing, sharedServer } from './trainingServer.ts';

/** A module to watch, for people who have its link. */
export function SharePage(): ReactElement {
  const id = wordIn(usePathname()) ?? '';
  const read = useCallback((signal: AbortSignal) => sharedServer.shared(id, signal), [id]);
  const { load, reload } = useLoad(read);
  usePageTitle(load.name === 'loaded' ? load.value.title : null, 'Handoff');
  return (
    <div className="min-h-dvh">
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex h-14 max-w-6xl items-center px-4 sm:px-6">
          <Brand />
        </div>
      </header>
      <main className="mx-auto max-w-6xl px-4 py-6 sm:px-6 sm:py-10">
        {load.name === 'loading' && <Loading className="">Loading training module...</Loading>}
        {load.name === 'loaded' && <SharedTraining module={load.value} />}
        {load.name === 'failed' &&
          (isMissing(load.error) ? (
            <Empty role="alert" icon="video" title="Module not found">
              <p className="mt-2 text-muted">
                This training module could not be found or is no longer available.
              </p>
            </Empty>
          ) : (
            <Failure className="" heading="Training module" onRetry={() => void reload()}>
              The module could not be loaded.
            </Failure>
          ))}
      </main>
    </div>
  );
}

function SharedTraining({ module }: { readonly module: SharedModule }): ReactElement {
  const video = useRef<HTMLVideoElement>(null);
  const [second, setSecond] = useState(0);
  const current = placeAt(module.steps, second);
  const seek = (to: number): void => {
    if (video.current === null) return;
    video.current.currentTime = to;
    void video.current.play().catch(() => {
      // The browser requires a click on the video first.
    });
  };
  return (
    <>
      <PageHeading className="wrap-anywhere">{module.title}</PageHeading>
      <div className="mt-6 grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div>
          <Player
            ref={video}
            src={`/api/share/${module.id}/video`}
            poster={`/api/share/${module.id}/thumbnails/1`}
            title={module.title}
            captions={module.transcript === '' ? null : `/api/share/${module.id}/captions.vtt`}
            onSecond={setSecond}
          />
          {module.transcript !== '' && (
            <details className="mt-4 rounded-card border border-line bg-surface p-4 text-sm">
              <summary className="cursor-pointer font-semibold">Transcript</summary>
              <p className="mt-2 wrap-anywhere">{module.transcript}</p>
            </details>
          )}
        </div>
        <section aria-labelledby="steps">
          <h2 id="steps" className="text-xl font-bold tracking-tight">
            Steps
          </h2>
          {module.steps.length === 0 && (
            <p className="mt-4 text-muted">No steps available for this training</p>
          )}
          <ol className="mt-4 grid gap-3">
            {module.steps.map((step, place) => (
              <li
                key={step.id}
                aria-current={place === current ? 'step' : undefined}
                className="rounded-card border border-line bg-surface p-4 aria-[current=step]:border-accent aria-[current=step]:bg-accent-soft"
              >
                <h3 className="font-semibold wrap-anywhere">
                  {place + 1}. {step.title}
                </h3>
                <p className="text-sm text-muted tabular-nums">
                  {clock(step.start)} – {clock(step.end)}
                </p>
                {step.description !== '' && (
                  <p className="mt-2 text-sm whitespace-pre-line wrap-anywhere">{step.description}</p>
                )}
                <Button size="small" className="mt-3" onClick={() => seek(step.start)}>
                  <span aria-hidden="true">▶</span> Seek<span className="sr-only"> to {step.title}</span>
                </Button>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}
