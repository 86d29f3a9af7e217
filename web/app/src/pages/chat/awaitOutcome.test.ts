import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Sight, type WaitOptions, awaitOutcome } from './awaitOutcome.ts';
import { type FakeFollow, answered, fakeFollow, processing } from './chat.testing.ts';
import type { Poll } from './satBuddyApi.ts';

type Waiting = {
  readonly poll: ReturnType<typeof vi.fn<WaitOptions['poll']>>;
  readonly follow: FakeFollow;
  readonly sights: Sight[];
  readonly outcome: () => unknown;
  readonly abort: () => void;
};

function wait(poll: WaitOptions['poll'] = async () => processing, follow = fakeFollow()): Waiting {
  const polled = vi.fn<WaitOptions['poll']>(poll);
  const sights: Sight[] = [];
  const controller = new AbortController();
  let outcome: unknown = null;
  void awaitOutcome({
    every: 1_000,
    atMost: 60,
    poll: polled,
    follow: (signal, onChange) => follow('t1', signal, onChange),
    onSight: (sight) => sights.push(sight),
    signal: controller.signal,
  }).then((ended) => (outcome = ended));
  return { poll: polled, follow, sights, outcome: () => outcome, abort: () => controller.abort() };
}

const seconds = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 1_000);

describe('awaitOutcome', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('polls every second, and gives up after 60 polls', async () => {
    const waiting = wait();

    await seconds(1);
    expect(waiting.poll).toHaveBeenCalledTimes(1);
    await seconds(58);
    expect(waiting.poll).toHaveBeenCalledTimes(59);
    expect(waiting.outcome()).toBeNull();

    await seconds(1);
    expect(waiting.poll).toHaveBeenCalledTimes(60);
    expect(waiting.outcome()).toEqual({ kind: 'timedOut' });
    await seconds(10);
    expect(waiting.poll).toHaveBeenCalledTimes(60);
    expect(vi.getTimerCount()).toBe(0);
    expect(waiting.follow.open()).toBe(0);
  });

  it('takes an answer that the last poll brings', async () => {
    let polls = 0;
    const waiting = wait(async () => ((polls += 1) === 60 ? answered('x = 4') : processing));

    await seconds(60);

    expect(waiting.outcome()).toMatchObject({ kind: 'answer', text: 'x = 4' });
  });

  it('repeats a failed poll, which counts', async () => {
    const waiting = wait(() => Promise.reject(new TypeError('Failed to fetch')));

    await seconds(60);

    expect(waiting.poll).toHaveBeenCalledTimes(60);
    expect(waiting.outcome()).toEqual({ kind: 'timedOut' });
  });

  it('does not poll on top of a poll that hangs, and tries another after five rounds', async () => {
    const waiting = wait(
      (signal) =>
        new Promise<Poll>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );

    await seconds(5);
    expect(waiting.poll).toHaveBeenCalledTimes(1);
    await seconds(2);
    expect(waiting.poll).toHaveBeenCalledTimes(2);
    await seconds(60);
    expect(waiting.outcome()).toEqual({ kind: 'timedOut' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not poll while the stream is live, and shows what it brings', async () => {
    const waiting = wait();
    waiting.follow.say('live', { progress: { percent: 10, message: 'Analyzing image…', step: null } });
    waiting.follow.say('live', {
      text: 'x =',
      progress: { percent: 40, message: 'Generating response…', step: null },
    });
    await seconds(3);

    expect(waiting.poll).not.toHaveBeenCalled();
    expect(waiting.sights).toEqual([
      { text: '', note: 'Analyzing image…' },
      { text: 'x =', note: 'Generating response…' },
    ]);
  });

  it('polls while the stream is interrupted, and keeps what was shown', async () => {
    const waiting = wait(async () => ({ kind: 'processing', note: 'The AI is busy, trying again shortly' }));
    waiting.follow.say('live', { text: 'x =' });
    waiting.follow.say('interrupted', { text: 'x =' });

    await seconds(2);
    expect(waiting.poll).toHaveBeenCalledTimes(2);
    expect(waiting.sights.at(-1)).toEqual({ text: 'x =', note: 'The AI is busy, trying again shortly' });

    waiting.follow.say('live', { text: 'x = 4' });
    await seconds(2);
    expect(waiting.poll).toHaveBeenCalledTimes(2);
  });

  it('polls when the stream is refused', async () => {
    const refused = Object.assign(() => Promise.reject(new Error('404')), { say: () => {}, open: () => 0 });
    const waiting = wait(async () => answered('x = 4'), refused);

    await seconds(1);

    expect(waiting.outcome()).toMatchObject({ kind: 'answer', streamed: false });
  });

  it('takes the outcome from the stream', async () => {
    const waiting = wait();
    waiting.follow.say('live', { text: 'x = 4' });
    waiting.follow.say('ended', {
      state: 'completed',
      text: 'x = 4',
      result: { response: 'x = 4', generated_by_ai: true },
    });
    await seconds(0);

    expect(waiting.outcome()).toEqual({ kind: 'answer', text: 'x = 4', byAi: true, streamed: true });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up a live stream that never ends after the same minute', async () => {
    const waiting = wait();
    waiting.follow.say('live');

    await seconds(59);
    expect(waiting.outcome()).toBeNull();
    await seconds(1);
    expect(waiting.outcome()).toEqual({ kind: 'timedOut' });
    expect(waiting.poll).not.toHaveBeenCalled();
  });

  it('shows why a live task waits', async () => {
    const waiting = wait();
    const message = 'The AI is busy, trying again shortly';
    waiting.follow.say('live', { state: 'queued', waiting: { reason: 'retry', message, until: '' } });

    expect(waiting.sights).toEqual([{ text: '', note: message }]);
  });

  it('ends silently when aborted', async () => {
    const waiting = wait();
    waiting.abort();
    await seconds(120);

    expect(waiting.outcome()).toBeNull();
    expect(waiting.poll).not.toHaveBeenCalled();
    expect(waiting.follow.open()).toBe(0);
  });
});
