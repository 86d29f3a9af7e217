import { HandoffError } from '@handoff/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PromptPoll } from './promptApi.ts';
import { type BatchPorts, PromptBatch, partsOf } from './promptBatch.ts';
import type { Kept } from './promptSession.ts';

function batchWith(poll: (id: string) => PromptPoll, before: readonly Kept[] = []) {
  const keeper = {
    kept: before,
    read: () => keeper.kept,
    write: (next: readonly Kept[]) => void (keeper.kept = next),
  };
  const startAll = vi.fn<BatchPorts['api']['startAll']>(async ({ notes }) => notes.map((_, at) => `t${at}`));
  const batch = new PromptBatch({
    api: { start: async () => '', startAll, poll: async (id) => poll(id), cancel: async () => {} },
    pace: { pollEvery: 1_000, pollFor: 120_000 },
    follow: () => new Promise(() => {}),
    keeper,
  });
  return { batch, startAll, keeper };
}

const states = (batch: PromptBatch): readonly string[] =>
  batch.snapshot().sessions.map((session) => session.snapshot().state.name);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('partsOf', () => {
  it('takes the notes apart at lines of dashes', () => {
    expect(partsOf('a\nb\n---\n c \n  -----  \n\n---\nd - e')).toEqual(['a\nb', 'c', 'd - e']);
    expect(partsOf('one')).toEqual(['one']);
    expect(partsOf(' \n---\n')).toEqual([]);
  });
});

describe('PromptBatch', () => {
  it('watches each request on its own', async () => {
    let first: PromptPoll = { kind: 'open', progress: 30, message: 'm' };
    const { batch, startAll, keeper } = batchWith((id) =>
      id === 't0' ? first : { kind: 'failed', error: 'e', code: 'insufficient_tokens' },
    );
    await batch.generate(['a', 'b'], true);
    await vi.advanceTimersByTimeAsync(0);
    expect(startAll).toHaveBeenCalledWith({ notes: ['a', 'b'], reuse: true });
    expect(states(batch)).toEqual(['running', 'failed']);
    expect(batch.snapshot().isRunning).toBe(true);
    await batch.generate(['c'], false);
    expect(startAll).toHaveBeenCalledTimes(1);

    first = { kind: 'done', prompt: 'p', byAi: true, warning: null };
    await vi.advanceTimersByTimeAsync(1_000);
    expect(states(batch)).toEqual(['done', 'failed']);
    expect(batch.snapshot().isRunning).toBe(false);
    expect(keeper.kept.map((kept) => kept.taskId)).toEqual(['t0', 't1']);
    batch.clear();
    expect(keeper.kept).toEqual([]);
  });

  it('goes on after a reload, and says what was refused', async () => {
    const { batch, startAll } = batchWith(
      () => ({ kind: 'done', prompt: 'p', byAi: true, warning: null }),
      [{ notes: 'a', taskId: 't0' }],
    );
    expect(batch.snapshot().isRunning).toBe(true);
    batch.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(states(batch)).toEqual(['done']);

    startAll.mockRejectedValueOnce(new HandoffError('Too many prompts.', { status: 400 }));
    await batch.generate(['b'], false);
    expect(batch.snapshot()).toMatchObject({ problem: 'Too many prompts.', isRunning: false });
    expect(states(batch)).toEqual(['done']);
  });
});
