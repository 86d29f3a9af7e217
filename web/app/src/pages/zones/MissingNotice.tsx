import { type ReactElement, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../parts/Button.tsx';
import { Dots } from '../../parts/PageStates.tsx';
import type { Missing } from './useDashboard.ts';

const box = 'mt-6 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card px-4 py-3 text-sm font-medium';

/** Why there are no insights, or not all of them, and what can be done. */
export function MissingNotice({ missing }: { readonly missing: Missing }): ReactElement {
  if (missing.name === 'notMade') return <NotMade remake={missing.remake} />;
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

function NotMade({ remake }: { readonly remake: () => Promise<void> }): ReactElement {
  const [went, setWent] = useState<'no' | 'running' | 'failed'>('no');
  const onClick = (): void => {
    setWent('running');
    remake().catch(() => setWent('failed'));
  };
  return (
    <div className={`${box} bg-notice-soft text-notice`}>
      <Icon name="warning" /> Not all insights of this test were made.
      {went === 'failed' && <span className="font-normal">The server cannot be reached.</span>}
      <Button className="ml-auto" disabled={went === 'running'} onClick={onClick}>
        Make them now
      </Button>
    </div>
  );
}
