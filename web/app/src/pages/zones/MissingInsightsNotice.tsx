import { type ReactElement, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../components/Button.tsx';
import { Dots } from '../../components/PageStates.tsx';
import type { MissingInsights } from './useDashboard.ts';

const box = 'mt-6 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card px-4 py-3 text-sm font-medium';

/** Says why not all insights are there, and what can be done. */
export function MissingInsightsNotice({ missing }: { readonly missing: MissingInsights }): ReactElement {
  if (missing.name === 'failed') return <FailedInsights remake={missing.remake} />;
  return (
    <div className={`${box} bg-accent-soft text-accent-text`}>
      <Dots /> Insights are still being prepared
      {missing.note !== null && <span className="font-normal">{missing.note}</span>}
      <Button look="quiet" className="ml-auto" onClick={missing.stop}>
        Stop
      </Button>
    </div>
  );
}

function FailedInsights({ remake }: { readonly remake: () => Promise<void> }): ReactElement {
  const [state, setState] = useState<'idle' | 'running' | 'failed'>('idle');
  const onClick = (): void => {
    setState('running');
    remake().catch(() => setState('failed'));
  };
  return (
    <div className={`${box} bg-notice-soft text-notice`}>
      <Icon name="warning" /> Not all insights of this test were made.
      {state === 'failed' && <span className="font-normal">The server cannot be reached.</span>}
      <Button className="ml-auto" disabled={state === 'running'} onClick={onClick}>
        Make them now
      </Button>
    </div>
  );
}
