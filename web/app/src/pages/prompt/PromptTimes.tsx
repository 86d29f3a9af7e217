import { type ReactElement, useState } from 'react';
import { TimesTable } from '../../parts/TimesTable.tsx';
import { ownFetch } from '../../session/browserSession.ts';
import { type Analytics, promptApi } from './promptApi.ts';

const names: Readonly<Record<string, string>> = {
  queued: 'Waiting to start',
  initialize: 'Initializing',
  check: 'Checking tokens',
  build: 'Building the request',
  ask: 'Waiting for the AI',
  finalize: 'Finalizing',
  total: 'All of it',
};

/** How long the owner's prompts took, step by step, for who asks. */
export function PromptTimes(): ReactElement {
  const [analytics, setAnalytics] = useState<Analytics | 'unknown' | null>(null);
  const read = (): void => {
    promptApi(ownFetch)
      .readAnalytics()
      .then(setAnalytics, () => setAnalytics('unknown'));
  };
  return (
    <details
      className="mt-12 border-t border-line pt-4 text-sm"
      onToggle={(event) => event.currentTarget.open && read()}
    >
      <summary className="cursor-pointer font-semibold text-muted">How long it takes</summary>
      <div role="status" className="mt-3">
        {analytics === 'unknown' && 'This cannot be shown right now.'}
        {analytics !== null && analytics !== 'unknown' && <Times analytics={analytics} />}
      </div>
    </details>
  );
}

function Times({ analytics }: { readonly analytics: Analytics }): ReactElement {
  const { prompts, steps } = analytics;
  if (prompts === 0) return <p className="text-muted">You have no prompts yet.</p>;
  return (
    <TimesTable
      caption={`Your last ${prompts === 1 ? 'prompt' : `${prompts} prompts`}`}
      rows={steps.map(({ step, p50, p95 }) => ({ name: names[step] ?? step, p50, p95 }))}
    />
  );
}
