import { type ReactElement, useRef, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../components/Button.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { AnalyseAgain } from './AnalyseAgain.tsx';
import { Assistant } from './Assistant.tsx';
import { ModuleNotices } from './ModuleNotices.tsx';
import { Player } from './Player.tsx';
import { ShareDialog } from './ShareDialog.tsx';
import { StepList } from './StepList.tsx';
import { placeAt } from './stepPlaces.ts';
import type { TrainingModule } from './trainingApi.ts';
import { useReturnedFocus } from './useFocusReturn.ts';
import { useSteps } from './useSteps.ts';

type TrainingScreenProps = { readonly module: TrainingModule; readonly refresh: () => Promise<void> };

export function TrainingScreen({ module, refresh }: TrainingScreenProps): ReactElement {
  const video = useRef<HTMLVideoElement>(null);
  const [second, setSecond] = useState(0);
  const steps = useSteps(module, refresh);
  const isAnalysed = module.status === 'processing';
  const editing = isAnalysed ? { ...steps, busy: true } : steps;
  const add = useRef<HTMLButtonElement>(null);
  useReturnedFocus(editing, 'new', { edit: add });
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
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-72">
          <PageHeading className="wrap-anywhere">{module.title}</PageHeading>
          {module.description !== '' && <p className="mt-1 text-muted wrap-anywhere">{module.description}</p>}
        </div>
        <ShareDialog moduleId={module.id} title={module.title} />
        {!isAnalysed && module.hasVideo && (
          <AnalyseAgain moduleId={module.id} onBegin={refresh}>
            Analyse again
          </AnalyseAgain>
        )}
      </div>
      <ModuleNotices module={module} refresh={refresh} />
      <div className="mt-6 grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div>
          <Player
            ref={video}
            src={module.videoUrl}
            poster={module.thumbnails[0]?.url}
            title={module.title}
            captions={module.hasCaptions ? `/api/modules/${module.id}/captions.vtt` : null}
            onSecond={setSecond}
          />
          <Assistant moduleId={module.id} current={current} second={second} />
        </div>
        <section aria-labelledby="steps">
          <div className="flex items-center justify-between gap-3">
            <h2 id="steps" className="text-xl font-bold tracking-tight">
              Steps
            </h2>
            {module.steps.length > 0 && (
              <Button
                ref={add}
                disabled={isAnalysed}
                onClick={() => editing.open({ place: 'new', start: second })}
              >
                <Icon name="plus" className="size-4" /> Add step
              </Button>
            )}
          </div>
          {editing.error !== null && (
            <p role="alert" className="mt-3 rounded-control bg-bad-soft px-3 py-2 text-sm text-bad">
              {editing.error}
            </p>
          )}
          <StepList module={module} current={current} editing={editing} onSeek={seek} />
        </section>
      </div>
    </>
  );
}
