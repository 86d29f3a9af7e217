import { AlertDialog } from 'radix-ui';
import { type ReactElement, useCallback } from 'react';
import { Button, buttonClasses } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { trainingServer } from './trainingServer.ts';
import { useAction } from './useAction.ts';

type AnalyseAgainProps = {
  readonly moduleId: string;
  /** Called when the analysis has begun. */
  readonly onBegin: () => Promise<void>;
  readonly children: string;
};

/** Has the video of a module analysed again, after asking. */
export function AnalyseAgain({ moduleId, onBegin, children }: AnalyseAgainProps): ReactElement {
  const begin = useCallback(async () => {
    await trainingServer.reprocess(moduleId);
    await onBegin();
  }, [moduleId, onBegin]);
  const { isBusy, error, run } = useAction(begin);
  return (
    <>
      <ConfirmDialog
        trigger={<Button disabled={isBusy}>{children}</Button>}
        title="Analyse the video again?"
        text="Its title, its description and its steps are replaced, your changes too, when the new ones are there. Until then, and if it does not work, the present ones stay."
      >
        <AlertDialog.Cancel className={buttonClasses('outline')}>Keep as it is</AlertDialog.Cancel>
        <AlertDialog.Action className={buttonClasses('primary')} onClick={() => void run()}>
          Analyse again
        </AlertDialog.Action>
      </ConfirmDialog>
      {error !== null && (
        <p role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </>
  );
}
