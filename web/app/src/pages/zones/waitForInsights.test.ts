import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { waitForInsights } from './waitForInsights.ts';
import type { InsightStatus } from './zonesApi.ts';

const notYet: InsightStatus = {
  insights_generated: false,
  total_subjects: 0,
  expected_subjects: ['Physics'],
  insights_task_id: 'task',
};
const ready: InsightStatus = { ...notYet, insights_generated: true, total_subjects: 1 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function waiting(statusAt: (milliseconds: number) => InsightStatus | Error) {
  const begun = Date.now();
  const seen = { polls: [] as number[], readyAt: null as number | null, failed: false, end: () => {} };
  const follow = vi.fn<(taskId: string, signal: AbortSignal, onEnd: () => void) => void>(
    (_taskId, _signal, onEnd) => void (seen.end = onEnd),
  );
  const stop = waitForInsights({
    every: 1_500,
    poll: async () => {
      const at = Date.now() - begun;
      seen.polls.push(at);
      const status = statusAt(at);
      if (status instanceof Error) throw status;
      return status;
    },
    follow,
    onReady: () => (seen.readyAt = Date.now() - begun),
    onFailed: () => (seen.failed = true),
  });
  return { seen, stop, follow };
}

it('looks at once and every 1.5 s until the subjects are there', async () => {
  const { seen } = waiting((at) => (at >= 4_000 ? ready : notYet));
  await vi.advanceTimersByTimeAsync(10_000);

  expect(seen.polls).toEqual([0, 1_500, 3_000, 4_500]);
  expect(seen.readyAt).toBe(4_500);
});

it('repeats a look that fails without a word', async () => {
  const { seen } = waiting((at) => (at < 3_000 ? new Error('offline') : ready));
  await vi.advanceTimersByTimeAsync(5_000);

  expect(seen.readyAt).toBe(3_000);
});

it('is not content with a generated status without subjects', async () => {
  const { seen, stop } = waiting(() => ({ ...ready, total_subjects: 0 }));
  await vi.advanceTimersByTimeAsync(6_000);

  expect(seen.readyAt).toBeNull();
  stop();
});

it('looks at once when the live stream tells the end, and follows only once', async () => {
  let isReady = false;
  const { seen, follow } = waiting(() => (isReady ? ready : notYet));
  await vi.advanceTimersByTimeAsync(1_600);
  isReady = true;
  seen.end();
  await vi.advanceTimersByTimeAsync(0);

  expect(seen.readyAt).toBe(1_600);
  expect(follow).toHaveBeenCalledTimes(1);
});

it('stops looking for insights of no subject at all, where somebody asks for that', async () => {
  const polls: number[] = [];
  const none = vi.fn<() => void>();
  waitForInsights({
    every: 1_500,
    poll: async () => {
      polls.push(Date.now());
      return { ...notYet, expected_subjects: [] };
    },
    follow: () => {},
    onReady: () => {},
    onNone: none,
  });
  await vi.advanceTimersByTimeAsync(6_000);

  expect(none).toHaveBeenCalledTimes(1);
  expect(polls).toHaveLength(1);
});

it('tells of a failure, and stops when told', async () => {
  const failed = waiting(() => ({ ...notYet, insights_failed: true }));
  const stopped = waiting(() => notYet);
  stopped.stop();
  await vi.advanceTimersByTimeAsync(5_000);

  expect(failed.seen.failed).toBe(true);
  expect(stopped.seen.polls).toEqual([0]);
});
