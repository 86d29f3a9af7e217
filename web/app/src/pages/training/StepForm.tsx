import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { refusalIn } from '../../session/json.ts';
import { clock, secondsIn } from './processingWords.ts';
import type { NewStep } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';
import { useFocus } from './useFocus.ts';
import type { StepEditing } from './useSteps.ts';

type StepFormProps = { readonly moduleId: string; readonly step: NewStep; readonly editing: StepEditing };

const field = 'mt-1 block w-full rounded-control border border-line-strong bg-surface px-3 py-2 font-normal';

/** The form of a step. */
export function StepForm({ moduleId, step, editing }: StepFormProps): ReactElement {
  const [title, setTitle] = useState(step.title);
  const [description, setDescription] = useState(step.description);
  const [start, setStart] = useState(clock(step.start));
  const [end, setEnd] = useState(clock(step.end));
  const first = useFocus();
  const [wrong, setWrong] = useState<string | null>(null);
  const [rewriting, setRewriting] = useState(false);

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    // A time that was not edited keeps its fractions of a second.
    const from = start === clock(step.start) ? step.start : secondsIn(start);
    const to = end === clock(step.end) ? step.end : secondsIn(end);
    if (from === null || to === null || to < from) {
      setWrong('Times are like 1:05, and a step ends after it begins.');
    } else if (title.trim() === '') {
      setWrong('A step needs a title.');
    } else {
      setWrong(null);
      void editing.save({ title: title.trim(), description, start: from, end: to });
    }
  };
  const rewrite = async (): Promise<void> => {
    setRewriting(true);
    setWrong(null);
    try {
      setDescription(await trainingServer.rewrite(moduleId, description));
    } catch (error) {
      setWrong(refusalIn(error) ?? 'The text could not be rewritten. Please try again.');
    } finally {
      setRewriting(false);
    }
  };
  return (
    <form onSubmit={onSubmit} aria-label={step.title === '' ? 'New step' : `Edit ${step.title}`}>
      <label className="block text-sm font-semibold">
        Title
        <input
          ref={first}
          value={title}
          maxLength={200}
          onChange={(e) => setTitle(e.target.value)}
          className={field}
        />
      </label>
      <label className="mt-3 block text-sm font-semibold">
        Description
        <textarea
          rows={3}
          value={description}
          maxLength={5000}
          onChange={(e) => setDescription(e.target.value)}
          className={field}
        />
      </label>
      <div className="mt-3 grid grid-cols-2 gap-3">
        <label className="block text-sm font-semibold">
          Start
          <input value={start} onChange={(e) => setStart(e.target.value)} className={field} />
        </label>
        <label className="block text-sm font-semibold">
          End
          <input value={end} onChange={(e) => setEnd(e.target.value)} className={field} />
        </label>
      </div>
      {wrong !== null && (
        <p role="alert" className="mt-3 text-sm text-bad">
          {wrong}
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button look="primary" type="submit" disabled={editing.busy}>
          Save
        </Button>
        <Button onClick={() => editing.open(null)}>Cancel</Button>
        <Button look="quiet" disabled={rewriting || description.trim() === ''} onClick={() => void rewrite()}>
          {rewriting ? 'Rewriting...' : 'Rewrite with AI'}
        </Button>
      </div>
    </form>
  );
}
