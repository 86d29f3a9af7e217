import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ModuleStatus } from './trainingApi.ts';
import { type ModuleWait, waitForModule } from './waitForModule.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function status(state: ModuleStatus['status'], progress = 10): ModuleStatus {
  return { status: state, progress, message: '', error: null, title: '' };
}

function wait(poll: ModuleWait['poll'], more: Partial<ModuleWait> = {}) {
  const heard: number[] = [];
  const onTimeout = vi.fn<() => void>();
  const stop = waitForModule({
    poll,
    every: 3_000,
    atMost: 300_000,
    follow: () => {},
    onStatus: ({ progress }) => heard.push(progress),
    onTimeout,
    ...more,
  });
  return { heard, onTimeout, stop };
}

it('looks at once, then every three seconds, and stops when the module is ready', async () => {
  const poll = vi
    .fn<ModuleWait['poll']>()
    .mockResolvedValueOnce(status('processing', 10))
    .mockRejectedValueOnce(new Error('offline'))
    .mockResolvedValueOnce(status('processing', 60))
    .mockResolvedValueOnce(status('ready', 100));

  const { heard } = wait(poll);
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual([10]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(heard).toEqual([10, 60]);
  await vi.advanceTimersByTimeAsync(60_000);

  expect(heard).toEqual([10, 60, 100]);
  expect(poll).toHaveBeenCalledTimes(4);
});

it('looks sooner when the live stream tells of a change', async () => {
  let changed: () => void = () => {};
  const poll = vi.fn<ModuleWait['poll']>().mockResolvedValue(status('processing', 30));

  const { stop } = wait(poll, { follow: (_, onChange) => (changed = onChange) });
  await vi.advanceTimersByTimeAsync(100);
  changed();
  await vi.advanceTimersByTimeAsync(0);

  expect(poll).toHaveBeenCalledTimes(2);
  stop();
  changed();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(poll.mock.calls.length).toBeLessThanOrEqual(3);
});

it('gives up after five minutes', async () => {
  const poll = vi.fn<ModuleWait['poll']>().mockResolvedValue(status('processing', 0));

  const { onTimeout } = wait(poll);
  await vi.advanceTimersByTimeAsync(299_000);
  expect(onTimeout).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2_000);

  expect(onTimeout).toHaveBeenCalledOnce();
  const calls = poll.mock.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(poll).toHaveBeenCalledTimes(calls);
});
