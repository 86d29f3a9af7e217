// @vitest-environment happy-dom
import { HandoffError } from '@handoff/client';
import { act, cleanup } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderWithTasks, seconds } from '../../tasks.testing.tsx';
import { type PromptApi, type PromptPoll, pollOf } from './promptApi.ts';
import { promptServer } from './promptServer.ts';
import { type KeptPrompt, PromptSession } from './promptSession.ts';
import { usePromptSession } from './usePrompts.ts';

const open = (progress: number): PromptPoll => ({ kind: 'open', progress, message: `at ${progress}` });
const done: PromptPoll = { kind: 'done', prompt: 'You are…', byAi: true, warning: null };

function page(poll: () => Promise<PromptPoll>, kept: KeptPrompt = { notes: 'bakery', taskId: null }) {
  const keeper = { kept, read: () => keeper.kept, write: (next: KeptPrompt) => void (keeper.kept = next) };
  const api = {
    start: vi.fn<PromptApi['start']>(async () => 't1'),
    poll: vi.spyOn(promptServer, 'poll').mockImplementation(poll),
    cancel: vi.fn<PromptApi['cancel']>(async () => {}),
  };
  const session = new PromptSession({ api, keeper });
  const show = () => renderWithTasks(() => usePromptSession(session, { pollEvery: 1_000, pollFor: 120_000 }));
  const generate = (): Promise<void> => act(() => session.generate());
  return { session, api, keeper, show, generate, ...show() };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('PromptSession', () => {
  it('goes from the notes over the steps to the prompt', async () => {
    const answers = [open(10), open(70), done];
    const { session, api, keeper, now, generate } = page(async () => answers.shift() ?? done);
    await generate();
    await seconds(0);
    expect(now().state).toEqual({ name: 'running', progress: 10, message: 'at 10' });
    expect(api.start).toHaveBeenCalledWith({ notes: 'bakery', reuse: false });
    session.write('something else');
    expect(now().notes).toBe('bakery');
    expect(keeper.kept.taskId).toBe('t1');
    await seconds(2);

    expect(now().state).toMatchObject({ name: 'done', prompt: 'You are…' });
  });

  it('shows live steps at once and never goes back', async () => {
    const { now, tasks, generate } = page(async () => open(30));
    await generate();
    await seconds(0);
    const progress = { percent: 70, message: 'Waiting for AI response...', step: 'ask' };
    act(() => tasks.say('live', { progress }));
    expect(now().state).toMatchObject({ name: 'running', progress: 70 });
    await seconds(1);

    expect(now().state).toMatchObject({ name: 'running', progress: 70 });
  });

  it('stops looking when the page is left, and goes on when it is opened again', async () => {
    const { api, show, unmount, generate } = page(async () => open(30));
    await generate();
    await seconds(1);
    unmount();
    await seconds(0);
    const looks = api.poll.mock.calls.length;
    await seconds(10);
    expect(api.poll).toHaveBeenCalledTimes(looks);

    show();
    await seconds(1);
    expect(api.poll.mock.calls.length).toBeGreaterThan(looks);
  });

  it('says what the server refused, and when it cannot be reached', async () => {
    const { now, api, generate } = page(async () => done);
    api.start.mockRejectedValueOnce(new HandoffError('manual_prompt is required', { status: 400 }));
    await generate();
    expect(now().state).toMatchObject({ name: 'failed', error: 'manual_prompt is required' });

    api.start.mockRejectedValueOnce(new TypeError('no network'));
    await generate();
    expect(now().state).toMatchObject({ name: 'failed', error: expect.stringMatching('cannot be reached') });
  });

  it('waits again for what took too long', async () => {
    let answer = open(0);
    const { session, now, generate } = page(async () => answer);
    await generate();
    await seconds(0);
    await seconds(120);
    expect(now().state).toEqual({ name: 'waiting', why: 'late' });

    answer = done;
    act(() => session.lookAgain());
    await seconds(0);
    expect(now().state).toMatchObject({ name: 'done' });
  });

  it('gives up a server that does not answer, and looks again', async () => {
    let isAway = true;
    const { session, now, generate } = page(async () => {
      if (isAway) throw new TypeError('no network');
      return done;
    });
    await generate();
    await seconds(0);
    await seconds(6);
    expect(now().state).toEqual({ name: 'waiting', why: 'unreachable' });

    isAway = false;
    act(() => session.lookAgain());
    await seconds(0);
    expect(now().state).toMatchObject({ name: 'done' });
  });

  it('forgets what expired, and says so only for what was begun here', async () => {
    const gone: PromptPoll = { kind: 'gone' };
    const before = page(async () => gone, { notes: 'x', taskId: 'old' });
    await seconds(0);
    expect(before.now().state).toEqual({ name: 'idle' });
    expect(before.keeper.kept).toEqual({ notes: 'x', taskId: null });

    const now = page(async () => gone);
    await now.generate();
    await seconds(0);
    expect(now.now().state).toEqual({ name: 'gone' });
  });

  it('keeps nothing once the person has logged out', async () => {
    const { session, keeper, generate } = page(async () => ({ kind: 'gone' }));
    await generate();
    session.forget();
    keeper.kept = { notes: '', taskId: null };
    await seconds(1);

    expect(keeper.kept).toEqual({ notes: '', taskId: null });
  });
});

describe('a cancelled prompt', () => {
  it('is said to be cancelled, and its task is forgotten', async () => {
    const { now, keeper, generate } = page(async () => ({
      kind: 'failed',
      error: 'Cancelled',
      code: 'cancelled',
    }));
    await generate();
    await seconds(0);

    expect(now().state).toEqual({ name: 'cancelled' });
    expect(keeper.kept.taskId).toBeNull();
  });
});

describe('pollOf', () => {
  it('reads every answer of the server, and nothing else', () => {
    expect(pollOf(200, { status: 'queued', progress: 0, message: 'm' })).toEqual({
      kind: 'open',
      progress: 0,
      message: 'm',
    });
    const ruled = {
      status: 'completed',
      prompt: 'p',
      generated_by_ai: false,
      warning: 'w',
      reason: 'No quota.',
    };
    expect(pollOf(200, ruled)).toEqual({ kind: 'done', prompt: 'p', byAi: false, warning: 'w. No quota.' });
    expect(pollOf(200, { status: 'failed', error: 'e', error_code: 'no_subscription' })).toEqual({
      kind: 'failed',
      error: 'e',
      code: 'no_subscription',
    });
    expect(pollOf(404, { status: 'not_found', message: 'm' })).toEqual({ kind: 'gone' });
    for (const body of [null, {}, { status: 'error' }, { status: 'completed' }])
      expect(() => pollOf(500, body)).toThrow('The poll was answered with 500.');
  });
});
