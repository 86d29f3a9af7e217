import { type Followed, HandoffError, unseenTask } from '@handoff/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PromptApi, type PromptPoll, pollOf } from './promptApi.ts';
import { type Kept, type PromptPorts, PromptSession } from './promptSession.ts';

const open = (progress: number): PromptPoll => ({ kind: 'open', progress, message: `at ${progress}` });
const done: PromptPoll = { kind: 'done', prompt: 'You are…', byAi: true, warning: null };

function sessionWith(poll: () => Promise<PromptPoll>, kept: Kept = { notes: 'bakery', taskId: null }) {
  const keeper = { kept, read: () => keeper.kept, write: (next: Kept) => void (keeper.kept = next) };
  const live = { tell: (_: Followed): void => {} };
  const api = {
    start: vi.fn<PromptApi['start']>(async () => 't1'),
    poll: vi.fn<PromptApi['poll']>(poll),
    cancel: vi.fn<PromptApi['cancel']>(async () => {}),
  };
  const ports: PromptPorts = {
    api,
    pace: { pollEvery: 1_000, pollFor: 120_000 },
    follow: (_, signal, onChange) => {
      live.tell = onChange;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', reject));
    },
    keeper,
  };
  return { session: new PromptSession(ports), api, live, keeper };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('PromptSession', () => {
  it('goes from the notes over the steps to the prompt', async () => {
    const answers = [open(10), open(70), done];
    const { session, api, keeper } = sessionWith(async () => answers.shift() ?? done);
    void session.generate();
    await vi.advanceTimersByTimeAsync(0);
    expect(session.snapshot().state).toEqual({ name: 'running', progress: 10, message: 'at 10' });
    expect(api.start).toHaveBeenCalledWith({ notes: 'bakery', reuse: false });
    session.write('something else');
    expect(session.snapshot().notes).toBe('bakery');
    expect(keeper.kept.taskId).toBe('t1');
    await vi.advanceTimersByTimeAsync(2_000);

    expect(session.snapshot().state).toMatchObject({ name: 'done', prompt: 'You are…' });
  });

  it('shows live steps at once and never goes back', async () => {
    const { session, live } = sessionWith(async () => open(30));
    void session.generate();
    await vi.advanceTimersByTimeAsync(0);
    const task = { ...unseenTask(), state: 'processing' } as const;
    const progress = { percent: 70, message: 'Waiting for AI response...', step: 'ask' };
    live.tell({ task: { ...task, progress }, connection: 'live' } as Followed);
    await vi.advanceTimersByTimeAsync(1_000);

    expect(session.snapshot().state).toMatchObject({ name: 'running', progress: 70 });
    session.close();
  });

  it('stops looking when the page is left, and goes on when it is opened again', async () => {
    const { session, api } = sessionWith(async () => open(30));
    void session.generate();
    await vi.advanceTimersByTimeAsync(1_000);
    session.close();
    const looks = api.poll.mock.calls.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(api.poll).toHaveBeenCalledTimes(looks);

    session.open();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(api.poll.mock.calls.length).toBeGreaterThan(looks);
    session.close();
  });

  it('says what the server refused, and when it cannot be reached', async () => {
    const { session, api } = sessionWith(async () => done);
    api.start.mockRejectedValueOnce(new HandoffError('manual_prompt is required', { status: 400 }));
    await session.generate();
    expect(session.snapshot().state).toMatchObject({ name: 'failed', error: 'manual_prompt is required' });

    api.start.mockRejectedValueOnce(new TypeError('no network'));
    await session.generate();
    expect(session.snapshot().state).toMatchObject({ name: 'failed' });
  });

  it('waits again for what took too long', async () => {
    let answer = open(0);
    const { session } = sessionWith(async () => answer);
    void session.generate();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(session.snapshot().state).toEqual({ name: 'waiting', why: 'late' });

    answer = done;
    void session.lookAgain();
    await vi.advanceTimersByTimeAsync(0);
    expect(session.snapshot().state).toMatchObject({ name: 'done' });
  });

  it('forgets what expired, and says so only for what was begun here', async () => {
    const gone: PromptPoll = { kind: 'gone' };
    const before = sessionWith(async () => gone, { notes: 'x', taskId: 'old' });
    before.session.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(before.session.snapshot().state).toEqual({ name: 'idle' });
    expect(before.keeper.kept).toEqual({ notes: 'x', taskId: null });

    const now = sessionWith(async () => gone);
    void now.session.generate();
    await vi.advanceTimersByTimeAsync(0);
    expect(now.session.snapshot().state).toEqual({ name: 'gone' });
  });
});

describe('a cancelled prompt', () => {
  it('is said to be cancelled, and its task is forgotten', async () => {
    const { session, keeper } = sessionWith(async () => ({
      kind: 'failed',
      error: 'Cancelled',
      code: 'cancelled',
    }));
    await session.generate();

    expect(session.snapshot().state).toEqual({ name: 'cancelled' });
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
    expect(pollOf(200, { status: 'completed', prompt: 'p', generated_by_ai: false, warning: 'w' })).toEqual({
      kind: 'done',
      prompt: 'p',
      byAi: false,
      warning: 'w',
    });
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
