import { useCallback, useEffect, useState } from 'react';
import { ownFetch } from '../../session/browserSession.ts';
import { type Overview, promptApi } from './promptApi.ts';

export type OverviewState =
  | { readonly name: 'loading' }
  | { readonly name: 'known'; readonly overview: Overview; readonly saved: string | null }
  | { readonly name: 'unknown' };

/** What the owner has left and has saved; `refresh` asks again and keeps what is shown until the answer comes. */
export function useOverview(isLoggedIn: boolean): {
  readonly state: OverviewState;
  readonly refresh: () => void;
} {
  const [state, setState] = useState<OverviewState>({ name: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!isLoggedIn) return;
    const asking = new AbortController();
    const api = promptApi(ownFetch);
    Promise.all([api.readOverview(asking.signal), api.readSaved(asking.signal)])
      .then(
        ([overview, saved]) => ({ name: 'known', overview, saved }) as const,
        () => null,
      )
      .then((next) => {
        if (asking.signal.aborted) return;
        setState((before) => next ?? (before.name === 'known' ? before : { name: 'unknown' }));
      });
    return () => asking.abort();
  }, [isLoggedIn, round]);
  const refresh = useCallback(() => setRound((last) => last + 1), []);
  return { state, refresh };
}
