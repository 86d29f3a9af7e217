import { useCallback, useEffect, useState } from 'react';

export type Reading<T> =
  | { readonly name: 'loading' }
  | { readonly name: 'there'; readonly value: T }
  | { readonly name: 'failed' };

/** Reads something once, and again when asked; null reads nothing. Keep `read` the same between renders. */
export function useRead<T>(
  read: ((signal: AbortSignal) => Promise<T>) | null,
): { readonly reading: Reading<T>; readonly again: () => void } {
  const [reading, setReading] = useState<Reading<T>>({ name: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (read === null) return;
    const asking = new AbortController();
    setReading((before) => (before.name === 'there' ? before : { name: 'loading' }));
    read(asking.signal)
      .then((value): Reading<T> => ({ name: 'there', value }))
      .catch((): Reading<T> => ({ name: 'failed' }))
      .then((next) => {
        if (!asking.signal.aborted) setReading(next);
      });
    return () => asking.abort();
  }, [read, round]);
  const again = useCallback(() => setRound((last) => last + 1), []);
  return { reading, again };
}
