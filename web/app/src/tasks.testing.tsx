import { HandoffContext } from '@handoff/react';
import { act, renderHook } from '@testing-library/react';
import type { ReactElement, ReactNode } from 'react';
import { vi } from 'vitest';
import { FakeTasks } from '../../packages/react/src/tasks.testing.ts';

export type RenderedHook<T> = {
  readonly tasks: FakeTasks;
  readonly now: () => T;
  readonly rerender: () => void;
  readonly unmount: () => void;
};

/** Renders a hook over fake tasks. */
export function renderWithTasks<T>(hook: () => T, tasks = new FakeTasks()): RenderedHook<T> {
  const wrapper = ({ children }: { readonly children: ReactNode }): ReactElement => (
    <HandoffContext value={tasks.client}>{children}</HandoffContext>
  );
  const { result, rerender, unmount } = renderHook(hook, { wrapper });
  return { tasks, now: () => result.current, rerender, unmount };
}

/** Lets fake time pass, and code load that is needed by then. */
export function seconds(count: number): Promise<void> {
  return act(async () => {
    await vi.advanceTimersByTimeAsync(count * 1_000);
    await vi.dynamicImportSettled();
  });
}
