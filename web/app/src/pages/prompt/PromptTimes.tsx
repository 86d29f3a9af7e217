import type { ReactElement } from 'react';
import { HowLongItTakes, type Times } from '../../components/HowLongItTakes.tsx';
import { promptServer } from './promptServer.ts';

const names: Readonly<Record<string, string>> = {
  queued: 'Waiting to start',
  initialize: 'Initializing',
  check: 'Checking tokens',
  build: 'Building the request',
  ask: 'Waiting for the AI',
  finalize: 'Finalizing',
  total: 'All of it',
};

/** Durations of the owner's prompts, by step. */
export function PromptTimes(): ReactElement {
  return <HowLongItTakes read={readTimes} none="You have no prompts yet." />;
}

async function readTimes(): Promise<Times> {
  const { prompts, steps } = await promptServer.readAnalytics();
  return {
    caption: `Your last ${prompts === 1 ? 'prompt' : `${prompts} prompts`}`,
    rows: prompts === 0 ? [] : steps.map(({ step, p50, p95 }) => ({ name: names[step] ?? step, p50, p95 })),
  };
}
