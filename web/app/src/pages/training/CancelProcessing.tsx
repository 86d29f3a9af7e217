import { type ReactElement, useCallback } from 'react';
import { Button } from '../../components/Button.tsx';
import { trainingServer } from './trainingServer.ts';
import { useAction } from './useAction.ts';

type CancelProcessingProps = {
  readonly moduleId: string;
  readonly onCancelled: () => void;
  readonly className?: string;
};

export function CancelProcessing(props: CancelProcessingProps): ReactElement {
  const { moduleId, onCancelled, className } = props;
  const cancel = useCallback(async () => {
    await trainingServer.cancel(moduleId);
    onCancelled();
  }, [moduleId, onCancelled]);
  const { isBusy, error, run } = useAction(cancel);
  return (
    <div className={className}>
      <Button disabled={isBusy} onClick={() => void run()}>
        Cancel processing
      </Button>
      {error !== null && (
        <p role="alert" className="mt-2 text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
