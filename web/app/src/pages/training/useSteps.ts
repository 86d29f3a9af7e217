import { useCallback, useState } from 'react';
import { refusalIn } from '../../session/json.ts';
import { moved } from './stepPlaces.ts';
import type { NewStep, StepEdit, TrainingModule } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';
import { type FocusReturn, useFocusReturn } from './useFocusReturn.ts';

/** The step whose form is open: an index, or a new step that starts at a second. */
export type OpenForm = { readonly place: number } | { readonly place: 'new'; readonly start: number } | null;

export type StepEditing = {
  readonly form: OpenForm;
  readonly open: (form: OpenForm) => void;
  readonly back: FocusReturn;
  readonly busy: boolean;
  readonly error: string | null;
  readonly save: (step: NewStep) => Promise<void>;
  readonly remove: (place: number) => Promise<void>;
  readonly move: (place: number, by: -1 | 1) => Promise<void>;
  readonly generate: () => Promise<void>;
};

const failed = 'The change could not be saved. Please try again.';

/** Changes the steps of a module, one after the other. A change is shown after the server has saved it. */
export function useSteps(module: TrainingModule, refresh: () => Promise<void>): StepEditing {
  const [form, setForm] = useState<OpenForm>(null);
  const back = useFocusReturn();
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
      if (form.place === 'new') {
        back.set(steps.length);
        return edit({ action: 'add', steps: [step] });
      }
      const before = steps[form.place];
      return before === undefined
        ? Promise.resolve()
        : edit({ action: 'update', steps: [{ ...before, ...step }], stepIndex: form.place });
    },
    [form, edit, steps, back],
  );
  return {
    form,
    open: (next) => {
      if (next !== null) back.set(next.place);
      setForm(next);
    },
    back,
    busy,
    error,
    save,
    remove: (place) => {
      back.set(steps.length > 1 ? Math.min(place, steps.length - 2) : 'none');
      return edit({ action: 'delete', stepIndex: place });
    },
    move: (place, by) => {
      back.set(place + by, by < 0 ? 'up' : 'down');
      return edit({ action: 'reorder', steps: moved(steps, place, by) });
    },
    generate: () => change(() => trainingServer.reprocess(id)),
  };
}
