import { AlertDialog } from 'radix-ui';
import type { ReactElement } from 'react';
import { buttonClasses } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';

type NewChatDialogProps = {
  readonly isOpen: boolean;
  readonly onKeep: () => void;
  readonly onStop: () => void;
  readonly onCancel: () => void;
};

/** Asks what becomes of the answer that is being written when a new chat begins. */
export function NewChatDialog({ isOpen, onKeep, onStop, onCancel }: NewChatDialogProps): ReactElement {
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={onCancel}
      title="SAT Buddy is still answering"
      text="The answer can be finished while you begin a new chat. You find it under “Your chats”."
    >
      <AlertDialog.Cancel className={buttonClasses('quiet')}>Cancel</AlertDialog.Cancel>
      <AlertDialog.Action className={buttonClasses('outline')} onClick={onStop}>
        Stop the answer
      </AlertDialog.Action>
      <AlertDialog.Action className={buttonClasses('primary')} onClick={onKeep}>
        Keep it running
      </AlertDialog.Action>
    </ConfirmDialog>
  );
}
