import { AlertDialog } from 'radix-ui';
import type { ReactElement } from 'react';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Dots } from '../../components/PageStates.tsx';

type SubmitDialogProps = {
  readonly isOpen: boolean;
  readonly answered: number;
  readonly count: number;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
};

/** Asks before a test is submitted. */
export function SubmitDialog(props: SubmitDialogProps): ReactElement {
  const { isOpen, answered, count, onSubmit, onCancel } = props;
  const text = `Are you sure you want to submit your test? This action cannot be undone. You have answered ${answered} out of ${count} questions.`;
  return (
    <ConfirmDialog isOpen={isOpen} onCancel={onCancel} title="Submit Test?" text={text}>
      <Button onClick={onCancel}>Cancel</Button>
      <Button look="primary" onClick={onSubmit}>
        Submit Test
      </Button>
    </ConfirmDialog>
  );
}

const quitButton = (
  <Button look="quiet" className="mt-4 -ml-2 px-2">
    Quit test
  </Button>
);

/** The button that quits a test, after asking. */
export function QuitDialog({ onQuit }: { readonly onQuit: () => void }): ReactElement {
  return (
    <ConfirmDialog
      trigger={quitButton}
      title="Quit Test?"
      text="The test is kept as incomplete: it is not graded, and you cannot come back to it."
    >
      <AlertDialog.Cancel asChild>
        <Button>Keep going</Button>
      </AlertDialog.Cancel>
      <AlertDialog.Action asChild>
        <Button look="primary" onClick={onQuit}>
          Quit
        </Button>
      </AlertDialog.Action>
    </ConfirmDialog>
  );
}

type TimeOverDialogProps = { readonly isOpen: boolean; readonly onSubmit: () => void };

/** Says that the time is over; the test is submitted soon, whatever is pressed. */
export function TimeOverDialog({ isOpen, onSubmit }: TimeOverDialogProps): ReactElement {
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title="Time Over!"
      text="Your answers are saved. The test is submitted by itself in a few seconds."
    >
      <Button look="primary" onClick={onSubmit}>
        Submit Test Now
      </Button>
    </ConfirmDialog>
  );
}

/** Covers the page while a test is submitted. */
export function Submitting({ phase }: { readonly phase: 'submitting' | 'redirecting' }): ReactElement {
  return (
    <div className="fixed inset-0 z-50 grid place-items-center bg-canvas/90">
      <p role="status" className="flex items-center gap-3 text-lg font-semibold">
        <Dots /> {phase === 'submitting' ? 'Submitting test...' : 'Redirecting to dashboard...'}
      </p>
    </div>
  );
}
