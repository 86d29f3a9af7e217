import type { TestInsights, TestSummary } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

/** What the dashboard shows first. */
export type Ahead = {
  readonly id: number;
  readonly tests: readonly TestSummary[];
  readonly insights: TestInsights;
};

let kept: Ahead | null = null;

/** Reads what the dashboard will show, while the page before it is still seen. What fails is read there. */
export function readAhead(id: number, signal: AbortSignal): void {
  Promise.all([zonesServer.tests(signal), zonesServer.insights(id, signal)])
    .then(([tests, insights]) => (kept = { id, tests, insights }))
    .catch(() => {});
}

/** What was read ahead, once; null when nothing was. */
export function takeAhead(): Ahead | null {
  const ahead = kept;
  kept = null;
  return ahead;
}
