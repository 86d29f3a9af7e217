import type { Stages } from './trainingApi.ts';

/** The stage that only a processing to its end has. */
const last = 'thumbnails';

/** How long the trainer's videos took, in words; before the first one, the time of the specification. */
export function usualTime(stages: Stages): string {
  const ended = stages[last]?.count ?? 0;
  if (ended === 0) return '30-60 seconds';
  let half = 0;
  let most = 0;
  for (const stage of Object.values(stages)) {
    // A stage that few videos have counts as little.
    const share = Math.min(1, (stage?.count ?? 0) / ended);
    half += share * (stage?.p50_ms ?? 0);
    most += share * (stage?.p95_ms ?? 0);
  }
  return most > 120_000
    ? range(half / 60_000, most / 60_000, 'minute')
    : range(half / 1_000, most / 1_000, 'second');
}

function range(from: number, to: number, unit: string): string {
  const low = Math.max(1, Math.round(from));
  const high = Math.max(low, Math.round(to));
  return `${low === high ? low : `${low}-${high}`} ${unit}${high === 1 ? '' : 's'}`;
}
