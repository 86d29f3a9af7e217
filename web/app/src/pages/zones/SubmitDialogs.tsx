import { AlertDialog } from 'radix-ui';
import type { ReactElement } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Dots } from '../../parts/PageStates.tsx';

const overlay = 'fixed inset-0 z-40 bg-black/50';
const content =
  'fixed top-1/2 left-1/2 z-50 w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 rounded-card border border-line bg-surface p-6 shadow-float';

type SubmitDialogProps = {
  readonly isOpen: boolean;
  readonly answered: number;
  readonly count: number;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
};

/** The last question before a test is handed in. */
export function SubmitDialog(props: SubmitDialogProps): ReactElement {
  const { isOpen, answered, count, onSubmit, onCancel } = props;
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => !open && onCancel()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlay} />
        <AlertDialog.Content className={content}>
          <AlertDialog.Title className="text-xl font-bold">Submit Test?</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted">
            Are you sure you want to submit your test? This action cannot be undone. You have answered{' '}
            {answered} out of {count} questions.
          </AlertDialog.Description>
          <div className="mt-6 flex justify-end gap-2">
            <Button onClick={onCancel}>Cancel</Button>
            <Button look="primary" onClick={onSubmit}>
              Submit Test
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

type QuitDialogProps = { readonly onQuit: () => void };

/** The button that gives a test up, and the question before it does. */
export function QuitDialog({ onQuit }: QuitDialogProps): ReactElement {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>
        <Button look="quiet" className="mt-4 -ml-2 px-2">
          Quit test
        </Button>
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlay} />
        <AlertDialog.Content className={content}>
          <AlertDialog.Title className="text-xl font-bold">Quit Test?</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted">
            The test is kept as incomplete: it is not graded, and you cannot come back to it.
          </AlertDialog.Description>
          <div className="mt-6 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Keep going</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look="primary" onClick={onQuit}>
                Quit
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

type TimeOverDialogProps = { readonly isOpen: boolean; readonly onSubmit: () => void };

/** The end of the time; the test is handed in soon, whatever is done. */
export function TimeOverDialog({ isOpen, onSubmit }: TimeOverDialogProps): ReactElement {
  return (
    <AlertDialog.Root open={isOpen}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlay} />
        <AlertDialog.Content className={content} onEscapeKeyDown={(event) => event.preventDefault()}>
          <AlertDialog.Title className="text-xl font-bold">Time Over!</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted">
            Your answers are saved. The test is submitted by itself in a few seconds.
          </AlertDialog.Description>
          <div className="mt-6 flex justify-end">
            <Button look="primary" onClick={onSubmit}>
              Submit Test Now
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** While a test is handed in, nothing else can be done. */
export function Submitting({ phase }: { readonly phase: 'submitting' | 'redirecting' }): ReactElement {
  return (
    <div className="fixed inset-0 z-50 grid place-items-center bg-canvas/90">
      <p role="status" className="flex items-center gap-3 text-lg font-semibold">
        <Dots /> {phase === 'submitting' ? 'Submitting test...' : 'Redirecting to dashboard...'}
      </p>
    </div>
  );
}
