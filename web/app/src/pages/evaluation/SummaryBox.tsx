import type { ReactElement } from 'react';
import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { Icon } from '../../icons/Icon.tsx';
import { StateBadge } from './StateBadge.tsx';
import { badgeOf, sentenceOf } from './badges.ts';
import type { SummaryState } from './summaryState.ts';
import { useSummary } from './useSummary.ts';

type SummaryBoxProps = { readonly evaluation: number; readonly student: number; readonly every: number };

/** The pupil's summary; the page around it does not wait for it. */
export function SummaryBox(props: SummaryBoxProps): ReactElement {
  const { state, again } = useSummary(props);
  const isOpen = state.name === 'loading' || state.name === 'queued' || state.name === 'processing';
  return (
    <section
      aria-labelledby="samenvatting"
      aria-busy={isOpen}
      className="rounded-card border border-line bg-surface p-5 shadow-card sm:p-6"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="samenvatting" className="text-lg font-semibold">
          AI-samenvatting
        </h2>
        <span role="status" data-testid="badge">
          <StateBadge badge={badgeOf(state)} />
        </span>
      </div>
      <div aria-live="polite" className="mt-3" data-testid="samenvatting">
        <SummaryText state={state} />
        {(state.name === 'queued' || state.name === 'processing') && (
          <p className="mt-1 text-sm text-muted">We checken elke paar seconden of je samenvatting klaar is</p>
        )}
      </div>
      {state.name === 'processing' && (
        <ProgressBar percent={state.progress} label="Voortgang van de samenvatting" className="mt-4 h-1.5" />
      )}
      {state.name === 'failed' && (
        <Button className="mt-4" onClick={again}>
          <Icon name="refresh" className="size-4" /> Opnieuw proberen
        </Button>
      )}
    </section>
  );
}

function SummaryText({ state }: { readonly state: SummaryState }): ReactElement {
  switch (state.name) {
    case 'ready':
      return (
        <p dir="auto" className="max-w-prose leading-relaxed whitespace-pre-line wrap-anywhere">
          {state.text}
        </p>
      );
    case 'failed':
      return (
        <div className="rounded-control bg-bad-soft p-3 text-sm text-bad">
          <p className="flex items-start gap-2 font-semibold">
            <Icon name="warning" className="mt-0.5 size-4" /> {sentenceOf(state)}
          </p>
          <p className="mt-1 pl-6">{state.error}</p>
        </div>
      );
    default:
      return <p className={state.name === 'concept' ? 'text-muted' : ''}>{sentenceOf(state)}</p>;
  }
}
