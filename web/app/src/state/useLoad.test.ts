// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useLoad } from './useLoad.ts';

afterEach(cleanup);

const settled = (): Promise<void> => act(async () => {});

function page<T>(read: ((signal: AbortSignal) => Promise<T>) | null, initial: T | null = null) {
  const view = renderHook((of: typeof read) => useLoad(of, initial), { initialProps: read });
  return {
    ...view,
    now: () => view.result.current.load,
    reload: () => act(() => view.result.current.reload()),
  };
}

describe('useLoad', () => {
  it('reads once, and again when asked, and keeps the value meanwhile and on failure', async () => {
    const read = vi.fn<() => Promise<string>>().mockResolvedValueOnce('a');
    const { now, reload } = page(read);
    expect(now()).toEqual({ name: 'loading' });
    await settled();
    expect(now()).toEqual({ name: 'loaded', value: 'a', error: null });

    const away = new Error('away');
    read.mockRejectedValueOnce(away);
    await reload();
    expect(now()).toEqual({ name: 'loaded', value: 'a', error: away });
    read.mockResolvedValueOnce('b');
    await reload();
    expect(now()).toEqual({ name: 'loaded', value: 'b', error: null });
  });

  it('says that it loads again after a failure', async () => {
    const read = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('away'));
    const { now, result } = page(read);
    await settled();
    expect(now().name).toBe('failed');

    read.mockReturnValueOnce(new Promise(() => {}));
    act(() => void result.current.reload());
    expect(now().name).toBe('loading');
  });

  it('takes only the answer of its own function, and ends the others', async () => {
    const signals: AbortSignal[] = [];
    const never = (signal: AbortSignal): Promise<string> => (signals.push(signal), new Promise(() => {}));
    const { now, rerender, unmount } = page(never);
    rerender(async () => 'b');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await settled();
    expect(now()).toMatchObject({ value: 'b' });
    rerender(null);
    expect(now().name).toBe('loading');
    unmount();
  });

  it('shows an initial value until the answer comes, and when none does', async () => {
    const { now } = page(() => Promise.reject(new Error('away')), 'before');
    expect(now()).toMatchObject({ value: 'before' });
    await settled();

    expect(now()).toMatchObject({ name: 'loaded', value: 'before' });
  });
});
