import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PromptWait, awaitPrompt } from './awaitPrompt.ts';
import type { PromptPoll } from './promptApi.ts';

const open = (progress: number): PromptPoll => ({ kind: 'open', progress, message: 'Working' });
const done: PromptPoll = { kind: 'done', prompt: 'You are…', byAi: true, warning: null };

type Answer = PromptPoll | Error;

function waitFor(answers: readonly Answer[], more: Partial<PromptWait> = {}) {
  const left = [...answers];
  const seen: number[] = [];
  const poll = vi.fn<PromptWait['poll']>(async () => {
    const answer = left.length > 1 ? left.shift()! : left[0]!;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const news = { look: (): void => {} };
  const end = awaitPrompt({
    every: 1_000,
    atMost: 120_000,
    poll,
    onOpen: (progress) => seen.push(progress),
    onNews: (look) => (news.look = look),
    signal: new AbortController().signal,
    ...more,
  });
  return { end, poll, seen, news };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('awaitPrompt', () => {
  it('looks at once and then every second until the end', async () => {
    const { end, poll, seen } = waitFor([open(0), open(10), open(70), done]);
    await vi.advanceTimersByTimeAsync(0);
    expect(poll).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(3_000);

    expect(await end).toEqual(done);
    expect(seen).toEqual([0, 10, 70]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(poll).toHaveBeenCalledTimes(4);
  });

  it('gives up after two minutes, whatever the last look does', async () => {
    const { end } = waitFor([open(0)]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await end).toEqual({ kind: 'late' });

    const hanging = waitFor([open(0)], {
      poll: (signal) => new Promise((_, reject) => signal.addEventListener('abort', reject)),
    });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await hanging.end).toEqual({ kind: 'late' });
  });

  it('repeats a failed look three times, two seconds apart', async () => {
    const lost = new TypeError('no network');
    const { end, poll } = waitFor([lost]);
    await vi.advanceTimersByTimeAsync(5_999);
    expect(poll).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(1);

    expect(await end).toEqual({ kind: 'unreachable' });
    expect(poll).toHaveBeenCalledTimes(4);
  });

  it('counts failed looks from the last good one', async () => {
    const lost = new TypeError('no network');
    const { end } = waitFor([lost, lost, lost, open(10), lost, lost, lost, done]);
    await vi.advanceTimersByTimeAsync(20_000);

    expect(await end).toEqual(done);
  });

  it('stops when the page is left', async () => {
    const leaving = new AbortController();
    const { end, poll } = waitFor([open(10)], { signal: leaving.signal });
    const ended = end.then(
      () => 'ended',
      () => 'left',
    );
    await vi.advanceTimersByTimeAsync(1_500);
    leaving.abort();
    expect(await ended).toBe('left');
    await vi.advanceTimersByTimeAsync(10_000);

    expect(poll).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('looks at once when there is news', async () => {
    const { end, news } = waitFor([open(70), done]);
    await vi.advanceTimersByTimeAsync(100);
    news.look();
    await vi.advanceTimersByTimeAsync(0);

    expect(await end).toEqual(done);
  });
});
