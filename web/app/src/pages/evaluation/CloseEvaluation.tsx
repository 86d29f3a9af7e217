import { type ReactElement, useState } from 'react';
import { Button } from '../../components/Button.tsx';

type CloseEvaluationProps = { readonly busy: boolean; readonly onClose: () => void };

/** Closes an evaluation, after asking. */
export function CloseEvaluation({ busy, onClose }: CloseEvaluationProps): ReactElement {
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button disabled={busy} onClick={() => setIsAsking(true)}>
        Evaluatie afronden
      </Button>
    );
  }
  return (
    <div role="group" aria-label="Evaluatie afronden" className="flex flex-wrap items-center gap-2">
      <span className="text-sm">Iedereen zonder samenvatting krijgt er dan een. Doorgaan?</span>
      <Button
        disabled={busy}
        onClick={() => {
          setIsAsking(false);
          onClose();
        }}
      >
        Ja, afronden
      </Button>
      <Button look="quiet" onClick={() => setIsAsking(false)}>
        Annuleren
      </Button>
    </div>
  );
}
