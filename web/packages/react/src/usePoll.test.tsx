import { act, cleanup, renderHook } from '@testing-library/react';
import { type ReactElement, type ReactNode, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HandoffContext } from './handoffContext.ts';
import { FakeTasks } from './tasks.testing.ts';
import { usePoll } from './usePoll.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function page(first: string | null) {
  const tasks = new FakeTasks();
  const calls: string[] = [];
  const wrapper = ({ children }: { readonly children: ReactNode }): ReactElement => (
    <StrictMode>
      <HandoffContext value={tasks.client}>{children}</HandoffContext>
    </StrictMode>
  );
  const view = renderHook(
    ({ id }: { readonly id: string | null }) =>
      usePoll(id, {
        read: async () => (calls.push(id!), `${id} at ${calls.length}`),
        isFinal: () => false,
        every: 1_000,
        taskId: () => id,
      }),
    { wrapper, initialProps: { id: first } },
  );
  const now = () => view.result.current;
  return { tasks, calls, view, now };
}

const seconds = (count: number): Promise<void> =>
  act(async () => void (await vi.advanceTimersByTimeAsync(count * 1_000)));

describe('usePoll', () => {
  it('polls and follows while it is mounted, once under StrictMode', async () => {
    const { tasks, calls, view, now } = page('a');
    await seconds(0);
    expect(calls).toEqual(['a']);
    expect(tasks.open).toBe(1);
    act(() => tasks.say('live', { text: 'x' }));
    expect(now()).toMatchObject({ phase: 'open', task: { text: 'x' }, connection: 'live' });

    view.unmount();
    await seconds(10);
    expect(tasks.open).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('begins anew with another key, and does nothing without one', async () => {
    const { tasks, view, now } = page('a');
    await seconds(0);
    view.rerender({ id: 'b' });
    expect(now()).toMatchObject({ phase: 'open', value: null });
    await seconds(0);
    expect(now().value).toMatch(/^b/);
    expect(tasks.open).toBe(1);

    view.rerender({ id: null });
    await seconds(10);
    expect(now()).toMatchObject({ phase: 'idle', value: null, task: null });
    expect(tasks.open).toBe(0);
  });

  it('looks at once, and cancels the task', async () => {
    const { tasks, calls, now } = page('a');
    await seconds(0);
    await act(() => now().look());
    await act(() => now().cancel());

    expect(calls).toHaveLength(2);
    expect(tasks.cancelled).toEqual(['a']);
  });
});
