import { type ReactElement, useCallback, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { useLoad } from '../../state/useLoad.ts';
import { NewLink } from './NewLink.tsx';
import type { Share } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';
import { useAction } from './useAction.ts';

type ShareLinksProps = { readonly moduleId: string; readonly title: string };

/** Makes a link and shows it once; lists the links that there are. */
export function ShareLinks({ moduleId, title }: ShareLinksProps): ReactElement {
  const [token, setToken] = useState<string | null>(null);
  const [transcript, setTranscript] = useState(false);
  const read = useCallback((signal: AbortSignal) => trainingServer.shares(moduleId, signal), [moduleId]);
  const { load, reload } = useLoad(read);
  const make = useCallback(async () => {
    setToken(await trainingServer.share(moduleId, { transcript }));
    await reload();
  }, [moduleId, transcript, reload]);
  const { isBusy, error, run } = useAction(make);
  const shares = load.name === 'loaded' ? load.value : [];
  return (
    <>
      {token !== null && <NewLink link={`${location.origin}/share/${token}`} title={title} />}
      <label className="mt-4 flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={transcript}
          onChange={(event) => setTranscript(event.target.checked)}
          className="size-4 accent-accent"
        />
        With captions and transcript
      </label>
      <Button
        look={token === null ? 'primary' : 'outline'}
        className="mt-4 w-full"
        disabled={isBusy}
        onClick={() => void run()}
      >
        {token === null ? 'Make a link' : 'Make another link'}
      </Button>
      {error !== null && (
        <p role="alert" className="mt-2 text-sm text-bad">
          {error}
        </p>
      )}
      {load.name === 'failed' && (
        <p role="alert" className="mt-2 text-sm text-bad">
          The links could not be loaded.
        </p>
      )}
      {shares.length > 0 && (
        <ul aria-label="Shared so far" className="mt-4 grid max-h-40 gap-1 overflow-y-auto">
          {shares.map((share) => (
            <ShareRow key={share.id} moduleId={moduleId} share={share} onEnded={reload} />
          ))}
        </ul>
      )}
    </>
  );
}

type ShareRowProps = {
  readonly moduleId: string;
  readonly share: Share;
  readonly onEnded: () => Promise<void>;
};

function ShareRow({ moduleId, share, onEnded }: ShareRowProps): ReactElement {
  const end = useCallback(async () => {
    await trainingServer.endShare(moduleId, share.id);
    await onEnded();
  }, [moduleId, share.id, onEnded]);
  const { isBusy, error, run } = useAction(end);
  const made = new Date(share.createdAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <li className="flex flex-wrap items-center gap-2 text-sm">
      <span className="flex-1">
        {made}
        {share.transcript && ', with transcript'}
      </span>
      <Button size="small" disabled={isBusy} onClick={() => void run()}>
        End<span className="sr-only"> the link of {made}</span>
      </Button>
      {error !== null && (
        <p role="alert" className="w-full text-bad">
          {error}
        </p>
      )}
    </li>
  );
}
