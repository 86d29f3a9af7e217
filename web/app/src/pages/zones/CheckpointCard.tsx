import type { ReactElement } from 'react';
import { ModelText } from '../../markdown/ModelText.tsx';
import { Link } from '../../routing/Link.tsx';
import { reviewAddress } from './reviewAddress.ts';
import type { Checkpoint } from './zonesApi.ts';

/** Green from 70 percent, yellow from 50, red below. */
function accuracyClasses(percent: number): string {
  if (percent >= 70) return 'bg-good-soft text-good';
  return percent >= 50 ? 'bg-notice-soft text-notice' : 'bg-bad-soft text-bad';
}

type CheckpointCardProps = { readonly checkpoint: Checkpoint; readonly testId: number };

/** A problem and a plan to solve it. One that rests on no question has no accuracy. */
export function CheckpointCard({ checkpoint, testId }: CheckpointCardProps): ReactElement {
  const percent = Math.round(checkpoint.accuracy * 100);
  return (
    <article aria-label={checkpoint.topic} className="h-full rounded-card border border-line bg-surface p-4">
      <div className="flex items-start justify-between gap-3">
        <div>
          <h4 className="font-semibold">{checkpoint.topic}</h4>
          <p className="text-sm text-muted">{checkpoint.subtopic}</p>
        </div>
        {checkpoint.citation.length > 0 && (
          <span
            className={`rounded-full px-2.5 py-0.5 text-sm font-semibold tabular-nums ${accuracyClasses(percent)}`}
          >
            {percent}%
          </span>
        )}
      </div>
      <p className="mt-3 text-sm leading-relaxed">
        <strong className="block text-xs font-semibold text-muted">Problem Identified:</strong>
        <ModelText text={checkpoint.checklist} />
      </p>
      <p className="mt-2.5 text-sm leading-relaxed">
        <strong className="block text-xs font-semibold text-muted">Action Plan:</strong>
        <ModelText text={checkpoint.action_plan} />
      </p>
      {checkpoint.citation.length > 0 && (
        <p className="mt-3 text-sm text-muted">
          Based on questions:{' '}
          {checkpoint.citation.map((number, index) => (
            <span key={number}>
              {index > 0 && ', '}
              <Link href={reviewAddress(testId, number)} className="underline">
                {number}
              </Link>
            </span>
          ))}
        </p>
      )}
    </article>
  );
}
