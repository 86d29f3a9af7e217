import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button } from '../../components/Button.tsx';
import { Offer, offerFor } from './Offer.tsx';
import type { Overview } from './promptApi.ts';
import type { PromptState } from './promptSession.ts';

type Failed = Extract<PromptState, { name: 'failed' }>;

type PromptFailedProps = {
  readonly state: Failed;
  readonly overview: Overview;
  readonly onRetry: () => Promise<void>;
};

/** Says why there is no prompt, and offers what can be done. */
export function PromptFailed({ state, overview, onRetry }: PromptFailedProps): ReactElement {
  const offer = offerFor(state.code, overview);
  return (
    <section role="alert" className="mt-8 rounded-card border border-line bg-bad-soft p-5">
      <h2 className="flex items-center gap-2 font-semibold text-bad">
        <Icon name="warning" /> Generation Failed
      </h2>
      <p className="mt-1 mb-4 text-sm">{state.error}</p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void onRetry()}>Try Again</Button>
        {offer !== null && <Offer {...offer} />}
      </div>
    </section>
  );
}
