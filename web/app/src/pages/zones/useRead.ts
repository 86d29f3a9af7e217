import { useCallback, useEffect, useState } from 'react';

export type Reading<T> =
  { readonly name: 'loading' } | { readonly name: 'there'; readonly value: T } | { readonly name: 'failed' };

/** Reads something once, and again when asked; null reads nothing. Keep `read` the same between renders. */
export function useRead<T>(read: ((signal: AbortSignal) => Promise<T>) | null): {
  readonly reading: Reading<T>;
  readonly again: () => void;
} {
  const [kept, setKept] = useState<{ readonly of: unknown; readonly reading: Reading<T> } | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (read === null) return;
    const asking = new AbortController();
    read(asking.signal)
      .then((value): Reading<T> => ({ name: 'there', value }))
      .catch((): Reading<T> => ({ name: 'failed' }))
      .then((reading) => {
        if (!asking.signal.aborted) setKept({ of: read, reading });
      });
    return () => asking.abort();
  }, [read, round]);
  const again = useCallback(() => {
    setKept((before) => (before?.reading.name === 'failed' ? null : before));
    setRound((last) => last + 1);
  }, []);
  const reading: Reading<T> = kept !== null && kept.of === read ? kept.reading : { name: 'loading' };
  return { reading, again };
}
