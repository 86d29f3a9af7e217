import { type ReactElement, useRef } from 'react';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { StepForm } from './StepForm.tsx';
import { clock } from './processingWords.ts';
import { pictureOf } from './stepPlaces.ts';
import type { Step, TrainingModule } from './trainingApi.ts';
import { useReturnedFocus } from './useFocusReturn.ts';
import type { StepEditing } from './useSteps.ts';

type StepListProps = {
  readonly module: TrainingModule;
  readonly current: number;
  readonly editing: StepEditing;
  readonly onSeek: (second: number) => void;
};

/** The steps of a module, with buttons to edit them; the current one is highlighted. */
export function StepList({ module, current, editing, onSeek }: StepListProps): ReactElement {
  const { steps } = module;
  const { form } = editing;
  return (
    <>
      {form?.place === 'new' && (
        <div className="mt-4 rounded-card border border-accent bg-surface p-4">
          <StepForm
            moduleId={module.id}
            step={{ start: form.start, end: form.start + 30, title: '', description: '' }}
            editing={editing}
          />
        </div>
      )}
      {steps.length === 0 && form === null && <NoSteps editing={editing} />}
      <ol className="mt-4 grid gap-3">
        {steps.map((step, place) => (
          <li
            key={step.id}
            aria-current={place === current ? 'step' : undefined}
            className="rounded-card border border-line bg-surface p-4 shadow-card aria-[current=step]:border-accent aria-[current=step]:bg-accent-soft"
          >
            {form?.place === place ? (
              <StepForm moduleId={module.id} step={step} editing={editing} />
            ) : (
              <OneStep
                step={step}
                place={place}
                last={place === steps.length - 1}
                picture={pictureOf(step, module.thumbnails)}
                editing={editing}
                onSeek={onSeek}
              />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function NoSteps({ editing }: { readonly editing: StepEditing }): ReactElement {
  const generate = useRef<HTMLButtonElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  useReturnedFocus(editing, 'none', { edit: generate });
  useReturnedFocus(editing, 'new', { edit: add });
  return (
    <div className="mt-4 rounded-card border border-dashed border-line-strong px-6 py-10 text-center">
      <p className="mb-4 text-muted">No steps available for this training</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button ref={generate} look="primary" disabled={editing.busy} onClick={() => void editing.generate()}>
          Generate Steps with AI
        </Button>
        <Button ref={add} disabled={editing.busy} onClick={() => editing.open({ place: 'new', start: 0 })}>
          Add step
        </Button>
      </div>
    </div>
  );
}

type OneStepProps = {
  readonly step: Step;
  readonly place: number;
  readonly last: boolean;
  readonly picture: string | null;
  readonly editing: StepEditing;
  readonly onSeek: (second: number) => void;
};

function OneStep({ step, place, last, picture, editing, onSeek }: OneStepProps): ReactElement {
  const edit = useRef<HTMLButtonElement>(null);
  const up = useRef<HTMLButtonElement>(null);
  const down = useRef<HTMLButtonElement>(null);
  useReturnedFocus(editing, place, { edit, up, down });
  return (
    <>
      <div className="flex gap-3">
        {picture !== null && (
          <img
            src={picture}
            alt=""
            loading="lazy"
            className="h-14 w-24 shrink-0 rounded-md bg-sunken object-cover"
          />
        )}
        <div className="min-w-0 flex-1">
          <h3 className="font-semibold wrap-anywhere">
            {place + 1}. {step.title}
          </h3>
          <p className="text-sm text-muted tabular-nums">
            {clock(step.start)} – {clock(step.end)}
            {step.isManual && ' · added by hand'}
          </p>
        </div>
      </div>
      {step.description !== '' && (
        <p className="mt-2 text-sm whitespace-pre-line wrap-anywhere">{step.description}</p>
      )}
      {step.notes !== '' && <p className="mt-1 text-sm text-muted wrap-anywhere">{step.notes}</p>}
      <div className="mt-3 flex flex-wrap items-center gap-1.5">
        <Button size="small" onClick={() => onSeek(step.start)}>
          <span aria-hidden="true">▶</span> Seek<span className="sr-only"> to {step.title}</span>
        </Button>
        <Button
          ref={edit}
          look="quiet"
          size="small"
          disabled={editing.busy}
          onClick={() => editing.open({ place })}
        >
          Edit<span className="sr-only"> {step.title}</span>
        </Button>
        <Button look="quiet" size="small" disabled={editing.busy} onClick={() => void editing.remove(place)}>
          Delete<span className="sr-only"> {step.title}</span>
        </Button>
        <span className="ml-auto flex">
          <IconButton
            ref={up}
            icon="arrowUp"
            label={`Move ${step.title} up`}
            disabled={editing.busy || place === 0}
            className="disabled:opacity-40"
            onClick={() => void editing.move(place, -1)}
          />
          <IconButton
            ref={down}
            icon="arrowDown"
            label={`Move ${step.title} down`}
            disabled={editing.busy || last}
            className="disabled:opacity-40"
            onClick={() => void editing.move(place, 1)}
          />
        </span>
      </div>
    </>
  );
}
