import { useCallback, useEffect, useState } from 'react';

export type Reading<T> =
  { readonly name: 'loading' } | { readonly name: 'there'; readonly value: T } | { readonly name: 'failed' };

/**
 * Reads something once, and again when asked; null reads nothing. Keep `read` the same between renders. What is
 * known before is shown until the answer comes, and stays when none does.
 */
export function useRead<T>(
  read: ((signal: AbortSignal) => Promise<T>) | null,
  before: T | null = null,
): { readonly reading: Reading<T>; readonly again: () => void } {
  const [kept, setKept] = useState<{ readonly of: unknown; readonly reading: Reading<T> } | null>(
    before === null ? null : { of: read, reading: { name: 'there', value: before } },
  );
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (read === null) return;
    const asking = new AbortController();
    read(asking.signal)
      .then((value): Reading<T> => ({ name: 'there', value }))
      .catch((): Reading<T> => ({ name: 'failed' }))
      .then((reading) => {
        if (asking.signal.aborted) return;
        setKept((last) =>
          reading.name === 'failed' && last?.of === read && last.reading.name === 'there'
            ? last
            : { of: read, reading },
        );
      });
    return () => asking.abort();
  }, [read, round]);
  const again = useCallback(() => {
    setKept((last) => (last?.reading.name === 'failed' ? null : last));
    setRound((last) => last + 1);
  }, []);
  const reading: Reading<T> = kept !== null && kept.of === read ? kept.reading : { name: 'loading' };
  return { reading, again };
}
