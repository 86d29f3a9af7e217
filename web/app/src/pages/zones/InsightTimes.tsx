import type { ReactElement } from 'react';
import { inWords } from '../../components/durations.ts';
import { useLoad } from '../../state/useLoad.ts';
import type { StepTime } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

/** Durations of the student's insights; nothing without insights. */
export function InsightTimes(): ReactElement | null {
  const { load } = useLoad(zonesServer.times);
  const all = load.name === 'loaded' ? load.value.steps.all_subjects : undefined;
  const first = load.name === 'loaded' ? load.value.steps.first_subject : undefined;
  if (all === undefined || first === undefined) return null;
  return (
    <p className="mt-12 border-t border-line pt-4 text-sm text-muted tabular-nums">
      Your insights: the first subject {within(first)}, all of them {within(all)} after the submit.
    </p>
  );
}

function within({ p50_ms, p95_ms }: StepTime): string {
  return `${inWords(p50_ms)} (19 of 20 times within ${inWords(p95_ms)})`;
}
