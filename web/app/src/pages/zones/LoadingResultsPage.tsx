import { type ReactElement, useEffect, useState } from 'react';
import { Members } from '../../parts/SystemPage.tsx';
import { idIn } from '../../routing/routes.ts';
import { replaceWith, usePathname } from '../../routing/usePathname.ts';
import { readAhead } from './readAhead.ts';
import { waitForInsights } from './waitForInsights.ts';
import { zoneInsights } from './zoneInsights.ts';
import { type ZonesConfig, defaultConfig } from './zonesApi.ts';
import { followInsights, zonesServer } from './zonesServer.ts';

const dashboard = '/dashboard';

/** Shown from the submit until the insights are there, and never for long. */
export function LoadingResultsPage(): ReactElement {
  const id = idIn(usePathname());
  useEffect(() => {
    if (id === null) replaceWith(dashboard);
  }, [id]);
  return <Members system={zoneInsights}>{() => <Generating id={id} />}</Members>;
}

function Generating({ id }: { readonly id: number | null }): ReactElement {
  const note = useWayToDashboard(id);
  return (
    <main className="grid min-h-dvh place-items-center overflow-hidden p-6 text-center">
      <div>
        <Animation />
        <h1 tabIndex={-1} className="mt-10 text-3xl font-bold tracking-tight outline-none">
          Generating Your Insights...
        </h1>
        <p className="mt-3 text-muted">Analyzing your performance and preparing detailed analytics</p>
        <p className="mt-8 flex justify-center gap-2" aria-hidden="true">
          {['0s', '0.15s', '0.3s'].map((animationDelay) => (
            <span
              key={animationDelay}
              className="size-3.5 animate-bounce rounded-full bg-accent"
              style={{ animationDelay }}
            />
          ))}
        </p>
        <p role="status" className="mt-6 min-h-6 text-sm font-medium text-accent-text">
          {note}
        </p>
      </div>
    </main>
  );
}

/** Leads on when the insights are there, or after a while without them; gives what the work says of itself. */
function useWayToDashboard(id: number | null): string | null {
  const [note, setNote] = useState<string | null>(null);
  const config = useConfig();
  useEffect(() => {
    if (id === null) return;
    const leave = (): void => replaceWith(dashboard);
    const leaving = new AbortController();
    let lingering: ReturnType<typeof setTimeout> | null = null;
    const deadline = setTimeout(() => {
      stop();
      leave();
    }, config.leave_after_ms);
    const stop = waitForInsights({
      poll: (signal) => zonesServer.status(id, signal),
      every: config.poll_every_ms,
      follow: (taskId, signal, onEnd) => followInsights(taskId, signal, { onNote: setNote, onEnd }),
      onReady: () => {
        clearTimeout(deadline);
        readAhead(id, leaving.signal);
        lingering = setTimeout(leave, config.linger_ms);
      },
    });
    return () => {
      stop();
      clearTimeout(deadline);
      leaving.abort();
      if (lingering !== null) clearTimeout(lingering);
    };
  }, [id, config]);
  return note;
}

// Nothing waits for the server's own waits: those of the specification hold until others are known.
function useConfig(): ZonesConfig {
  const [config, setConfig] = useState<ZonesConfig>(defaultConfig);
  useEffect(() => {
    const asking = new AbortController();
    zonesServer
      .config(asking.signal)
      .then((known) => {
        if (!asking.signal.aborted) setConfig((before) => (sameWaits(before, known) ? before : known));
      })
      .catch(() => {});
    return () => asking.abort();
  }, []);
  return config;
}

function sameWaits(one: ZonesConfig, other: ZonesConfig): boolean {
  const waits = ['poll_every_ms', 'leave_after_ms', 'linger_ms'] as const;
  return waits.every((wait) => one[wait] === other[wait]);
}

const bars = [0.35, 0.7, 0.5, 0.9, 0.6];

/** Bars that grow and shrink in place of a film; still for those who asked for no motion. */
function Animation(): ReactElement {
  return (
    <div aria-hidden="true" className="mx-auto flex h-32 w-56 items-end justify-center gap-3">
      {bars.map((height, index) => (
        <span
          key={height}
          className="w-7 origin-bottom animate-grow rounded-t-control bg-accent"
          style={{
            height: `${height * 100}%`,
            animationDelay: `${index * 0.18}s`,
            opacity: 0.45 + height / 2,
          }}
        />
      ))}
    </div>
  );
}
