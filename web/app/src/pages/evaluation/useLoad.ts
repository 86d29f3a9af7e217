import { useCallback, useEffect, useState } from 'react';

export type Load<T> =
  | { readonly name: 'loading' }
  | { readonly name: 'there'; readonly value: T }
  | { readonly name: 'failed'; readonly error: unknown };

/** Reads something, and again when asked. Keep `read` the same between renders. */
export function useLoad<T>(read: (signal: AbortSignal) => Promise<T>): {
  readonly load: Load<T>;
  readonly again: () => void;
} {
  const [kept, setKept] = useState<{ readonly of: unknown; readonly load: Load<T> } | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const asking = new AbortController();
    read(asking.signal)
      .then((value): Load<T> => ({ name: 'there', value }))
      .catch((error: unknown): Load<T> => ({ name: 'failed', error }))
      .then((load) => {
        if (!asking.signal.aborted) setKept({ of: read, load });
      });
    return () => asking.abort();
  }, [read, round]);
  const again = useCallback(() => setRound((last) => last + 1), []);
  return { load: kept !== null && kept.of === read ? kept.load : { name: 'loading' }, again };
}
