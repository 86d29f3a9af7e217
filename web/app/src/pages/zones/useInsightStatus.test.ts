// @vitest-environment happy-dom
import { act, cleanup } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderWithTasks, seconds } from '../../tasks.testing.tsx';
import { isReady, isSettled, noteOf, useInsightStatus } from './useInsightStatus.ts';
import type { InsightStatus } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

const notYet: InsightStatus = {
  insights_generated: false,
  total_subjects: 0,
  expected_subjects: ['Physics'],
  insights_task_id: 'task',
};
const ready: InsightStatus = { ...notYet, insights_generated: true, total_subjects: 1 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function page(statusAt: (milliseconds: number) => InsightStatus | Error, isFinal = isSettled) {
  const begun = Date.now();
  const seen = { polls: [] as number[], finalAt: null as number | null };
  vi.spyOn(zonesServer, 'status').mockImplementation(async () => {
    const at = Date.now() - begun;
    seen.polls.push(at);
    const status = statusAt(at);
    if (status instanceof Error) throw status;
    return status;
  });
  const onFinal = (): void => void (seen.finalAt = Date.now() - begun);
  return { seen, ...renderWithTasks(() => useInsightStatus(7, { every: 1_500, isFinal, onFinal })) };
}

it('looks at once and every 1.5 s until the subjects are there', async () => {
  const { seen } = page((at) => (at >= 4_000 ? ready : notYet));
  await seconds(10);

  expect(seen.polls).toEqual([0, 1_500, 3_000, 4_500]);
  expect(seen.finalAt).toBe(4_500);
});

it('repeats a look that fails without a word', async () => {
  const { seen } = page((at) => (at < 3_000 ? new Error('offline') : ready));
  await seconds(5);

  expect(seen.finalAt).toBe(3_000);
});

it('is not content with a generated status without subjects', async () => {
  const { seen, now } = page(() => ({ ...ready, total_subjects: 0 }));
  await seconds(6);

  expect(seen.finalAt).toBeNull();
  expect(now().phase).toBe('open');
});

it('looks at once when the task ends, follows it only once, and says what it says', async () => {
  let done = false;
  const { seen, tasks, now } = page(() => (done ? ready : notYet));
  await seconds(1.6);
  act(() => tasks.say('live', { progress: { percent: 40, message: 'Physics', step: null } }));
  expect(noteOf(now())).toBe('Physics');
  expect(tasks.open).toBe(1);
  done = true;
  act(() => tasks.say('ended', { state: 'completed' }));
  await seconds(0);

  expect(seen.finalAt).toBe(1_600);
  expect(tasks.open).toBe(0);
});

it('stops looking for insights of no subject at all, where that is an end', async () => {
  const none = (): InsightStatus => ({ ...notYet, expected_subjects: [] });
  const dashboard = page(none);
  await seconds(6);
  expect(dashboard.seen.polls).toEqual([0]);
  expect(dashboard.now().phase).toBe('final');

  const loadingResults = page(none, isReady);
  await seconds(6);
  expect(loadingResults.now().phase).toBe('open');
});

it('tells of a failure, and stops with the page', async () => {
  const failed = page(() => ({ ...notYet, insights_failed: true }));
  await seconds(5);
  expect(failed.now()).toMatchObject({ phase: 'final', value: { insights_failed: true } });

  const left = page(() => notYet);
  await seconds(0);
  left.unmount();
  await seconds(5);
  expect(left.seen.polls).toEqual([0]);
});
