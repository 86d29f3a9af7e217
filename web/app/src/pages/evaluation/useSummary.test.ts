// @vitest-environment happy-dom
import { HandoffError } from '@handoff/client';
import { act, cleanup } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderWithTasks, seconds } from '../../tasks.testing.tsx';
import { done, job } from './evaluation.testing.ts';
import type { Job } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';
import { useSummary } from './useSummary.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function answer(outcome: Job | Error): Promise<Job> {
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

function page(first: Job | Error, statusAt: (milliseconds: number) => Job | Error) {
  const begun = Date.now();
  const seen = { states: [] as string[], polls: [] as number[], signals: [] as (AbortSignal | undefined)[] };
  vi.spyOn(evaluationServer, 'queue').mockImplementation((_evaluation, _student, signal) => {
    seen.signals.push(signal);
    return answer(first);
  });
  vi.spyOn(evaluationServer, 'status').mockImplementation(() => {
    seen.polls.push(Date.now() - begun);
    return answer(statusAt(Date.now() - begun));
  });
  const rendered = renderWithTasks(() => {
    const used = useSummary({ evaluation: 123, student: 456, every: 3_000 });
    if (seen.states.at(-1) !== used.state.name) seen.states.push(used.state.name);
    return used;
  });
  return { seen, ...rendered };
}

it('begins as a concept, and tells every state until the summary is there', async () => {
  const { seen, now } = page(job('queued'), (at) =>
    at < 3_000 ? job('queued') : at < 6_000 ? job('processing', { progress: 80 }) : done,
  );
  await seconds(0);
  await seconds(4);
  expect(now().state).toEqual({ name: 'processing', progress: 80 });
  await seconds(20);

  expect(seen.states).toEqual(['concept', 'loading', 'queued', 'processing', 'ready']);
  expect(seen.polls).toEqual([0, 3_000, 6_000]);
  expect(now().state).toEqual({ name: 'ready', method: 'ai', text: 'Je plant goed.' });
});

it('shows a summary that is there already without polling', async () => {
  const { seen } = page(done, () => done);
  await seconds(10);

  expect(seen.states).toEqual(['concept', 'loading', 'ready']);
  expect(seen.polls).toEqual([]);
});

it('repeats a look that fails without a word', async () => {
  const { seen } = page(job('queued'), (at) => (at < 6_000 ? new HandoffError('x', { status: 503 }) : done));
  await seconds(10);

  expect(seen.states).toEqual(['concept', 'loading', 'queued', 'ready']);
});

it('looks at once when the task has changed', async () => {
  let isReady = false;
  const { now, tasks } = page(job('queued'), () => (isReady ? done : job('queued')));
  await seconds(1);
  isReady = true;
  act(() => tasks.say('live'));
  await seconds(0);

  expect(now().state.name).toBe('ready');
});

it('says why it failed, and starts anew when asked', async () => {
  const { seen, now } = page(job('queued'), () => job('failed', { error_message: 'Geen verbinding.' }));
  await seconds(0);
  expect(now().state).toEqual({ name: 'failed', error: 'Geen verbinding.' });

  act(() => now().again());
  expect(now().state).toEqual({ name: 'loading' });
  await seconds(0);
  expect(seen.signals).toHaveLength(2);
});

it.each([
  [new TypeError('fetch'), 'De server is niet bereikbaar. Controleer je verbinding.'],
  [new HandoffError('x', { status: 500 }), 'De samenvatting kan nu niet worden opgehaald.'],
  [new HandoffError('x', { status: 429 }), 'Je hebt dit te vaak achter elkaar gevraagd. Wacht een minuut.'],
])('says what went wrong at the start: %s', async (error, words) => {
  const { now } = page(error, () => done);
  await seconds(0);

  expect(now().state).toEqual({ name: 'failed', error: words });
});

it('ends with a job that the server does not know', async () => {
  const { now } = page(job('queued'), () => new HandoffError('Job not found', { status: 404 }));
  await seconds(0);

  expect(now().state.name).toBe('failed');
});

it('stops looking when it is closed', async () => {
  const { seen, unmount } = page(job('queued'), () => job('queued'));
  await seconds(0);
  unmount();
  await seconds(20);

  expect(seen.polls).toHaveLength(1);
  expect(seen.signals[0]?.aborted).toBe(true);
});
