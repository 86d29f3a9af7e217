import { useCallback, useEffect, useRef, useState } from 'react';

export type Load<T> =
  | { readonly name: 'loading' }
  /** `error` says why a later reading failed; null when none did. */
  | { readonly name: 'loaded'; readonly value: T; readonly error: unknown }
  | { readonly name: 'failed'; readonly error: unknown };

export type UsedLoad<T> = {
  readonly load: Load<T>;
  /** Reads again; resolves when that has ended. A loaded value stays meanwhile, and when the reading fails. */
  readonly reload: () => Promise<void>;
};

const loading: Load<never> = { name: 'loading' };

/**
 * Reads something when the component is mounted and whenever `read` is another function; null reads nothing. An
 * `initial` value is shown until the first answer.
 */
export function useLoad<T>(
  read: ((signal: AbortSignal) => Promise<T>) | null,
  initial: T | null = null,
): UsedLoad<T> {
  const [kept, setKept] = useState<{ readonly of: typeof read; readonly load: Load<T> } | null>(
    initial === null ? null : { of: read, load: { name: 'loaded', value: initial, error: null } },
  );
  const reading = useRef<AbortController | null>(null);

  const start = useCallback(async () => {
    if (read === null) return;
    reading.current?.abort();
    const { signal } = (reading.current = new AbortController());
    const load = await read(signal).then(
      (value): Load<T> => ({ name: 'loaded', value, error: null }),
      (error: unknown): Load<T> => ({ name: 'failed', error }),
    );
    if (signal.aborted) return;
    setKept((before) => {
      const stays = load.name === 'failed' && before?.of === read && before.load.name === 'loaded';
      return { of: read, load: stays ? { ...before.load, error: load.error } : load };
    });
  }, [read]);

  const reload = useCallback((): Promise<void> => {
    setKept((before) => (before?.load.name === 'failed' ? null : before));
    return start();
  }, [start]);

  useEffect(() => {
    void start();
    return () => reading.current?.abort();
  }, [start]);

  return { load: kept?.of === read ? kept.load : loading, reload };
}
