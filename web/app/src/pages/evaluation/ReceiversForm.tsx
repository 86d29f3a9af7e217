import { type FormEvent, type ReactElement, useCallback, useId, useState } from 'react';
import { HandoffError } from '@handoff/client';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { useLoad } from '../../state/useLoad.ts';
import type { Receivers as Settings } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';
import { Loading } from './Frame.tsx';

/** The school's settings for messages, read when they are looked at. */
export function ReceiversForm(): ReactElement {
  const read = useCallback((signal: AbortSignal) => evaluationServer.receivers(signal), []);
  const { load, reload } = useLoad(read);
  if (load.name === 'loading') return <Loading />;
  if (load.name === 'failed') {
    return (
      <p role="alert" className="mt-2 text-bad">
        De instellingen konden niet worden opgehaald.{' '}
        <Button size="small" onClick={() => void reload()}>
          Opnieuw
        </Button>
      </p>
    );
  }
  return <LoadedForm settings={load.value} onChanged={reload} />;
}

type LoadedFormProps = { readonly settings: Settings; readonly onChanged: () => Promise<void> };

function LoadedForm({ settings, onChanged }: LoadedFormProps): ReactElement {
  const [hosts, setHosts] = useState(settings.hosts.join('\n'));
  const [said, setSaid] = useState<{ readonly text: string; readonly isProblem: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();

  const run = async (work: () => Promise<void>, done: string): Promise<void> => {
    setBusy(true);
    setSaid(null);
    try {
      await work();
      await onChanged();
      setSaid({ text: done, isProblem: false });
    } catch (error) {
      const isRefused = error instanceof HandoffError && error.status === 400;
      setSaid({ text: isRefused ? noHosts : 'Dat is niet gelukt. Probeer het opnieuw.', isProblem: true });
    }
    setBusy(false);
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const lines = hosts.split(/\s+/).filter((line) => line !== '');
    void run(async () => {
      setHosts((await evaluationServer.allowReceivers(lines)).hosts.join('\n'));
    }, 'Opgeslagen.');
  };
  return (
    <form className="mt-2 grid gap-3" onSubmit={save}>
      <label htmlFor={`${id}-hosts`} className="font-medium">
        Toegestane servers, één per regel
      </label>
      <textarea
        id={`${id}-hosts`}
        rows={3}
        value={hosts}
        aria-describedby={`${id}-scope`}
        spellCheck={false}
        autoCapitalize="none"
        placeholder="school.example"
        onChange={(event) => setHosts(event.target.value)}
        className="block w-full rounded-control border border-line-strong bg-surface px-3 py-2 font-mono text-xs"
      />
      <p id={`${id}-scope`} className="text-muted">
        Zonder servers mag een bericht naar elk openbaar adres. Geldt voor de hele school.
      </p>
      <div>
        <Button look="primary" size="small" disabled={busy} type="submit">
          Opslaan
        </Button>
      </div>
      <label htmlFor={`${id}-secret`} className="font-medium">
        Geheim waarmee berichten zijn ondertekend
      </label>
      <div className="flex items-center gap-2">
        <input
          id={`${id}-secret`}
          readOnly
          type="password"
          autoComplete="off"
          value={settings.secret}
          onFocus={(event) => (event.target.type = 'text')}
          onBlur={(event) => (event.target.type = 'password')}
          className="block w-full rounded-control border border-line-strong bg-sunken px-3 py-2 font-mono text-xs"
        />
        <CopyButton label="Kopieer het geheim" text={() => settings.secret} />
      </div>
      {settings.old_secret_until !== null && (
        <p className="text-muted">
          Het vorige geheim ondertekent mee tot{' '}
          {new Date(settings.old_secret_until).toLocaleString('nl', {
            dateStyle: 'medium',
            timeStyle: 'short',
          })}
          .
        </p>
      )}
      <div>
        <Button
          size="small"
          disabled={busy}
          onClick={() =>
            void run(
              () => evaluationServer.renewSecret(),
              'Er is een nieuw geheim. Geef het aan de ontvanger.',
            )
          }
        >
          Nieuw geheim
        </Button>
      </div>
      <p role={said?.isProblem ? 'alert' : 'status'} className={said?.isProblem ? 'text-bad' : ''}>
        {said?.text}
      </p>
    </form>
  );
}

const noHosts = 'Schrijf namen zoals school.example, zonder https:// en zonder pad; hoogstens 20.';
