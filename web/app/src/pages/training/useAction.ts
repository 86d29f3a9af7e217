import { useCallback, useState } from 'react';
import { refusalIn } from '../../session/json.ts';

export type Action = {
  readonly isBusy: boolean;
  /** Why it did not work; null before it was tried. */
  readonly error: string | null;
  readonly run: () => Promise<void>;
};

/** One thing that a person asks the server for, once at a time. */
export function useAction(make: () => Promise<void>): Action {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = useCallback(async () => {
    setIsBusy(true);
    setError(null);
    try {
      await make();
    } catch (reason) {
      setError(refusalIn(reason) ?? 'This did not work. Please try again.');
    } finally {
      setIsBusy(false);
    }
  }, [make]);
  return { isBusy, error, run };
}
