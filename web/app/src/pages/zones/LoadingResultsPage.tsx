import { type ReactElement, useEffect } from 'react';
import { Members } from '../../components/SystemPage.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { idIn } from '../../routing/routes.ts';
import { replaceWith, usePathname } from '../../routing/usePathname.ts';
import { useLoad } from '../../state/useLoad.ts';
import { preload } from './preload.ts';
import { isReady, noteOf, useInsightStatus } from './useInsightStatus.ts';
import { zoneInsights } from './zoneInsights.ts';
import { defaultConfig } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

const toDashboard = (): void => replaceWith('/dashboard');

/** Shown from the submit until the insights are ready, and never for long. */
export function LoadingResultsPage(): ReactElement {
  const id = idIn(usePathname());
  useEffect(() => {
    if (id === null) toDashboard();
  }, [id]);
  return <Members kept={zoneInsights.kept}>{() => <Generating id={id} />}</Members>;
}

function Generating({ id }: { readonly id: number | null }): ReactElement {
  const note = useDashboardRedirect(id);
  return (
    <main className="grid min-h-dvh place-items-center overflow-hidden p-6 text-center">
      <div>
        <Animation />
        <PageHeading size="large" className="mt-10">
          Generating Your Insights...
        </PageHeading>
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

/** Goes to the dashboard when the insights are ready, or after a while without them; returns what their task says. */
function useDashboardRedirect(id: number | null): string | null {
  const { load } = useLoad(zonesServer.config, defaultConfig);
  const config = load.name === 'loaded' ? load.value : defaultConfig;
  const poll = useInsightStatus(id, { every: config.poll_every_ms, isFinal: isReady });
  const isDone = poll.phase === 'final';
  useEffect(() => {
    if (id === null || isDone) return;
    const timer = setTimeout(toDashboard, config.leave_after_ms);
    return () => clearTimeout(timer);
  }, [id, isDone, config.leave_after_ms]);
  useEffect(() => {
    if (id === null || !isDone) return;
    const loading = new AbortController();
    preload(id, loading.signal);
    const timer = setTimeout(toDashboard, config.linger_ms);
    return () => {
      clearTimeout(timer);
      loading.abort();
    };
  }, [id, isDone, config.linger_ms]);
  return noteOf(poll);
}

const bars = [0.35, 0.7, 0.5, 0.9, 0.6];

/** Bars that grow and shrink; they stand still for people who prefer reduced motion. */
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
