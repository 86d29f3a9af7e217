// @vitest-environment happy-dom
import { act, cleanup } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderWithTasks, seconds } from '../../tasks.testing.tsx';
import { type ModuleStatus, type TrainingModule, defaultConfig } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';
import { useProcessing } from './useProcessing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function status(state: ModuleStatus['status'], progress = 10): ModuleStatus {
  return { status: state, progress, message: '', error: null, title: '' };
}

function page(...answers: readonly (ModuleStatus | Error)[]) {
  const left = [...answers];
  const read = vi.spyOn(trainingServer, 'status').mockImplementation(async () => {
    const answer = left.length > 1 ? left.shift()! : left[0]!;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const onEnd = vi.fn<() => void>();
  const module = { ...status('processing', 0), id: 'k3', taskId: 'task' } as TrainingModule;
  return { read, onEnd, ...renderWithTasks(() => useProcessing(module, defaultConfig, onEnd)) };
}

it('looks at once, then every three seconds, and stops when the module is ready', async () => {
  const { read, onEnd, now } = page(
    status('processing', 10),
    new Error('offline'),
    status('processing', 60),
    status('ready', 100),
  );
  await seconds(0);
  expect(now().status.progress).toBe(10);
  await seconds(6);
  expect(now().status.progress).toBe(60);
  expect(onEnd).not.toHaveBeenCalled();
  await seconds(60);

  expect(now().status.progress).toBe(100);
  expect(onEnd).toHaveBeenCalledOnce();
  expect(read).toHaveBeenCalledTimes(4);
});

it('looks sooner when the task has changed', async () => {
  const { read, tasks, unmount } = page(status('processing', 30));
  await seconds(0.1);
  act(() => tasks.say('live'));
  await seconds(0);

  expect(read).toHaveBeenCalledTimes(2);
  unmount();
  await seconds(0);
  tasks.say('ended', { state: 'completed' });
  await seconds(10);
  expect(read).toHaveBeenCalledTimes(2);
});

it('gives up after five minutes', async () => {
  const { read, now } = page(status('processing', 0));
  await seconds(299);
  expect(now().isTimedOut).toBe(false);
  expect(now().isSlow).toBe(true);
  await seconds(2);

  expect(now().isTimedOut).toBe(true);
  const calls = read.mock.calls.length;
  await seconds(60);
  expect(read).toHaveBeenCalledTimes(calls);
});
