import { HandoffError } from '@handoff/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { done, job } from './evaluation.testing.ts';
import type { Job } from './evaluationApi.ts';
import { SummarySession } from './summarySession.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function session(first: Job | Error, statusAt: (milliseconds: number) => Job | Error) {
  const begun = Date.now();
  const seen = {
    states: [] as string[],
    polls: [] as number[],
    queued: 0,
    change: () => {},
    signals: [] as AbortSignal[],
  };
  const answer = async (outcome: Job | Error): Promise<Job> => {
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const made = new SummarySession({
    every: 3_000,
    queue: (signal) => {
      seen.queued++;
      seen.signals.push(signal);
      return answer(first);
    },
    status: () => {
      seen.polls.push(Date.now() - begun);
      return answer(statusAt(Date.now() - begun));
    },
    follow: (_task, _signal, onChange) => void (seen.change = onChange),
  });
  made.subscribe(() => seen.states.push(made.snapshot().name));
  return { made, seen };
}

it('begins as a concept, and tells every state until the summary is there', async () => {
  const { made, seen } = session(job('queued'), (at) =>
    at < 3_000 ? job('queued') : at < 6_000 ? job('processing', { progress: 80 }) : done,
  );
  expect(made.snapshot()).toEqual({ name: 'concept' });
  void made.start();
  await vi.advanceTimersByTimeAsync(20_000);

  expect(seen.states).toEqual(['loading', 'queued', 'processing', 'ready']);
  expect(seen.polls).toEqual([0, 3_000, 6_000]);
  expect(made.snapshot()).toEqual({ name: 'ready', method: 'ai', text: 'Je plant goed.' });
});

it('shows a summary that is there already without polling', async () => {
  const { made, seen } = session(done, () => done);
  await made.start();
  await vi.advanceTimersByTimeAsync(10_000);

  expect(seen.states).toEqual(['loading', 'ready']);
  expect(seen.polls).toEqual([]);
});

it('repeats a look that fails without a word', async () => {
  const { made, seen } = session(job('queued'), (at) =>
    at < 6_000 ? new HandoffError('x', { status: 503 }) : done,
  );
  void made.start();
  await vi.advanceTimersByTimeAsync(10_000);

  expect(seen.states).toEqual(['loading', 'queued', 'ready']);
});

it('looks at once when the live stream tells of a change', async () => {
  let isReady = false;
  const { made, seen } = session(job('queued'), () => (isReady ? done : job('queued')));
  void made.start();
  await vi.advanceTimersByTimeAsync(1_000);
  isReady = true;
  seen.change();
  await vi.advanceTimersByTimeAsync(0);

  expect(made.snapshot().name).toBe('ready');
});

it('says why it failed, and starts anew when asked', async () => {
  const { made, seen } = session(job('queued'), () => job('failed', { error_message: 'Geen verbinding.' }));
  await made.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(made.snapshot()).toEqual({ name: 'failed', error: 'Geen verbinding.' });

  await made.start();
  expect(seen.queued).toBe(2);
});

it.each([
  [new TypeError('fetch'), 'De server is niet bereikbaar. Controleer je verbinding.'],
  [new HandoffError('x', { status: 500 }), 'De samenvatting kan nu niet worden opgehaald.'],
  [new HandoffError('x', { status: 429 }), 'Je hebt dit te vaak achter elkaar gevraagd. Wacht een minuut.'],
])('says what went wrong at the start: %s', async (error, words) => {
  const { made } = session(error, () => done);
  await made.start();

  expect(made.snapshot()).toEqual({ name: 'failed', error: words });
});

it('ends with a job that nobody knows', async () => {
  const { made } = session(job('queued'), () => new HandoffError('Job not found', { status: 404 }));
  await made.start();
  await vi.advanceTimersByTimeAsync(0);

  expect(made.snapshot().name).toBe('failed');
});

it('stops looking when it is closed', async () => {
  const { made, seen } = session(job('queued'), () => job('queued'));
  await made.start();
  made.close();
  await vi.advanceTimersByTimeAsync(20_000);

  expect(seen.polls.length).toBeLessThanOrEqual(1);
  expect(seen.signals[0]?.aborted).toBe(true);
});
