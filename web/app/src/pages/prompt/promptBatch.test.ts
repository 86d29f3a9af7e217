// @vitest-environment happy-dom
import { HandoffError } from '@handoff/client';
import { HandoffContext } from '@handoff/react';
import { act, cleanup, render } from '@testing-library/react';
import { type ReactElement, createElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeTasks } from '../../../../packages/react/src/tasks.testing.ts';
import { useStore } from '../../state/useStore.ts';
import { seconds } from '../../tasks.testing.tsx';
import type { PromptPoll } from './promptApi.ts';
import { type BatchPorts, PromptBatch, partsOf } from './promptBatch.ts';
import { promptServer } from './promptServer.ts';
import type { KeptPrompt, PromptSession } from './promptSession.ts';
import { usePromptSession } from './usePrompts.ts';

function page(poll: (id: string) => PromptPoll, before: readonly KeptPrompt[] = []) {
  const keeper = {
    kept: before,
    read: () => keeper.kept,
    write: (next: readonly KeptPrompt[]) => void (keeper.kept = next),
  };
  const startAll = vi.fn<BatchPorts['api']['startAll']>(async ({ notes }) => notes.map((_, at) => `t${at}`));
  vi.spyOn(promptServer, 'poll').mockImplementation(async (id) => poll(id));
  const batch = new PromptBatch({ api: { start: async () => '', startAll, cancel: async () => {} }, keeper });
  const Item = ({ session }: { readonly session: PromptSession }): null => {
    usePromptSession(session, { pollEvery: 1_000, pollFor: 120_000 });
    return null;
  };
  const { client } = new FakeTasks();
  const Page = (): ReactElement => {
    const { sessions } = useStore(batch);
    return createElement(
      HandoffContext,
      { value: client },
      sessions.map((session, at) => createElement(Item, { key: at, session })),
    );
  };
  const open = () => render(createElement(Page));
  const generate = (notes: readonly string[], reuse: boolean): Promise<void> =>
    act(() => batch.generate(notes, reuse));
  return { batch, startAll, keeper, open, generate };
}

const states = (batch: PromptBatch): readonly string[] =>
  batch.snapshot().sessions.map((session) => session.snapshot().state.name);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

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
    const { batch, startAll, keeper, open, generate } = page((id) =>
      id === 't0' ? first : { kind: 'failed', error: 'e', code: 'insufficient_tokens' },
    );
    open();
    await generate(['a', 'b'], true);
    await seconds(0);
    expect(startAll).toHaveBeenCalledWith({ notes: ['a', 'b'], reuse: true });
    expect(states(batch)).toEqual(['running', 'failed']);
    expect(batch.snapshot().isRunning).toBe(true);
    await generate(['c'], false);
    expect(startAll).toHaveBeenCalledTimes(1);

    first = { kind: 'done', prompt: 'p', byAi: true, warning: null };
    await seconds(1);
    expect(states(batch)).toEqual(['done', 'failed']);
    expect(batch.snapshot().isRunning).toBe(false);
    expect(keeper.kept.map((kept) => kept.taskId)).toEqual(['t0', 't1']);
    act(() => batch.clear());
    expect(keeper.kept).toEqual([]);
  });

  it('goes on after a reload, and says what was refused', async () => {
    const { batch, startAll, open, generate } = page(
      () => ({ kind: 'done', prompt: 'p', byAi: true, warning: null }),
      [{ notes: 'a', taskId: 't0' }],
    );
    expect(batch.snapshot().isRunning).toBe(true);
    open();
    await seconds(0);
    expect(states(batch)).toEqual(['done']);

    startAll.mockRejectedValueOnce(new HandoffError('Too many prompts.', { status: 400 }));
    await generate(['b'], false);
    expect(batch.snapshot()).toMatchObject({ problem: 'Too many prompts.', isRunning: false });
    expect(states(batch)).toEqual(['done']);
  });
});
