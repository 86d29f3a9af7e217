import type { TestInsights, TestSummary } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

/** What the dashboard shows first. */
export type Preloaded = {
  readonly id: number;
  readonly tests: readonly TestSummary[];
  readonly insights: TestInsights;
};

let preloaded: Preloaded | null = null;

/** Loads what the dashboard will show while the page before it is still visible. The dashboard loads what fails. */
export function preload(id: number, signal: AbortSignal): void {
  Promise.all([zonesServer.tests(signal), zonesServer.insights(id, signal)])
    .then(([tests, insights]) => (preloaded = { id, tests, insights }))
    .catch(() => {});
}

/** Returns what was preloaded, and forgets it; null when nothing was. */
export function takePreloaded(): Preloaded | null {
  const taken = preloaded;
  preloaded = null;
  return taken;
}
