import { useCallback, useRef, useState } from 'react';
import { refusalIn } from '../../session/json.ts';
import { moved } from './stepPlaces.ts';
import type { NewStep, StepEdit, TrainingModule } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';

/** The step whose form is open: one by its place, or a new one that begins at this second. */
export type OpenForm = { readonly place: number } | { readonly place: 'new'; readonly start: number } | null;

export type StepEditing = {
  readonly form: OpenForm;
  readonly open: (form: OpenForm) => void;
  /** Whether the form that was open last was this place's; true only once. */
  readonly comesBackTo: (place: number) => boolean;
  readonly busy: boolean;
  readonly error: string | null;
  readonly save: (step: NewStep) => Promise<void>;
  readonly remove: (place: number) => Promise<void>;
  readonly move: (place: number, by: -1 | 1) => Promise<void>;
  readonly generate: () => Promise<void>;
};

const failed = 'The change could not be saved. Please try again.';

/** Changes the steps of a module, one change after the other; each is on the server before it is shown. */
export function useSteps(module: TrainingModule, refresh: () => Promise<void>): StepEditing {
  const [form, setForm] = useState<OpenForm>(null);
  const opened = useRef<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { id, steps } = module;

  const change = useCallback(
    async (make: () => Promise<void>) => {
      setBusy(true);
      setError(null);
      try {
        await make();
        setForm(null);
        await refresh();
      } catch (reason) {
        setError(refusalIn(reason) ?? failed);
      } finally {
        setBusy(false);
      }
    },
    [refresh],
  );
  const edit = useCallback((wish: StepEdit) => change(() => trainingServer.edit(id, wish)), [change, id]);

  const save = useCallback(
    (step: NewStep): Promise<void> => {
      if (form === null) return Promise.resolve();
      if (form.place === 'new') return edit({ action: 'add', steps: [step] });
      const before = steps[form.place];
      return before === undefined
        ? Promise.resolve()
        : edit({ action: 'update', steps: [{ ...before, ...step }], stepIndex: form.place });
    },
    [form, edit, steps],
  );
  const comesBackTo = useCallback((place: number) => {
    if (opened.current !== place) return false;
    opened.current = null;
    return true;
  }, []);
  return {
    form,
    open: (next) => {
      if (next !== null) opened.current = next.place === 'new' ? null : next.place;
      setForm(next);
    },
    comesBackTo,
    busy,
    error,
    save,
    remove: (place) => edit({ action: 'delete', stepIndex: place }),
    move: (place, by) => edit({ action: 'reorder', steps: moved(steps, place, by) }),
    generate: () => change(() => trainingServer.reprocess(id)),
  };
}
