import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PollOptions, type Polled, Poller } from './poller.ts';
import { FakeTasks } from './tasks.testing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Answer = string | Error;

const lost = new TypeError('no network');
const never = (signal: AbortSignal): Promise<string> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

/** A poller of words that ends with `done`. Answers are used one by one; the last one stays. */
function polling(
  answers: readonly Answer[] | PollOptions<string>['read'],
  more: Partial<PollOptions<string>> = {},
) {
  const begun = Date.now();
  const left = [...(typeof answers === 'function' ? [] : answers)];
  const calls: number[] = [];
  const seen: Polled<string>[] = [];
  const tasks = new FakeTasks();
  const poller = new Poller<string>(tasks.client, {
    read: async (signal) => {
      calls.push(Date.now() - begun);
      if (typeof answers === 'function') return answers(signal);
      const answer = left.length > 1 ? left.shift()! : left[0]!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    isFinal: (value) => value === 'done',
    every: 1_000,
    onChange: (polled) => seen.push(polled),
    ...more,
  });
  const leave = poller.subscribe(() => {});
  return { poller, leave, calls, seen, tasks, now: poller.snapshot };
}

const seconds = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 1_000);

describe('calls', () => {
  it('begin at once, come at equal intervals, and end with the last answer', async () => {
    const { calls, seen, now } = polling(['a', 'b', 'b', 'done']);
    await seconds(20);

    expect(calls).toEqual([0, 1_000, 2_000, 3_000]);
    expect(seen.map(({ value }) => value)).toEqual(['a', 'b', 'done', 'done']);
    expect(now()).toMatchObject({ phase: 'final', value: 'done', error: null });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are repeated when they fail, and keep the value', async () => {
    const { calls, now } = polling(['a', lost, lost, 'done']);
    await seconds(1);
    expect(now()).toMatchObject({ phase: 'open', value: 'a', error: lost });
    await seconds(5);

    expect(calls).toHaveLength(4);
    expect(now()).toMatchObject({ phase: 'final', error: null });
  });

  it('end as unreachable after as many failures in a row as are allowed', async () => {
    const { calls, now } = polling([lost], { retry: { atMost: 3, every: 2_000 } });
    await vi.advanceTimersByTimeAsync(5_999);
    expect(calls).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1);

    expect(calls).toEqual([0, 2_000, 4_000, 6_000]);
    expect(now().phase).toBe('unreachable');
  });

  it('count failures from the last answer', async () => {
    const { now } = polling([lost, lost, lost, 'a', lost, lost, lost, 'done'], {
      retry: { atMost: 3, every: 2_000 },
    });
    await seconds(20);

    expect(now().phase).toBe('final');
  });

  it('do not overlap, and are given up when they hang', async () => {
    const { calls, now } = polling(never, { firstAfter: 1_000, timeout: 5_000, lateAfter: 60_000 });
    await seconds(5);
    expect(calls).toEqual([1_000]);
    await seconds(2);
    expect(calls).toEqual([1_000, 7_000]);
    await seconds(60);

    expect(now().phase).toBe('late');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keep their rhythm when an answer is slow', async () => {
    const slow = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('a'), 1_500));
    const { calls } = polling(slow);
    await seconds(5);

    expect(calls).toEqual([0, 2_000, 4_000]);
  });

  it('stop without a subscriber, and go on with the next one', async () => {
    const { calls, poller, leave, tasks } = polling(['a'], { taskId: () => 't1' });
    await seconds(1.5);
    leave();
    await seconds(10);
    expect(calls).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
    expect(tasks.open).toBe(0);

    poller.subscribe(() => {});
    await seconds(1);
    expect(calls).toHaveLength(4);
    expect(tasks.open).toBe(1);
  });

  it('go on undisturbed when a subscriber is replaced at once', async () => {
    const { calls, poller, leave } = polling(['a']);
    leave();
    poller.subscribe(() => {});
    await seconds(1);

    expect(calls).toEqual([0, 1_000]);
  });

  it('follow other options', async () => {
    const { calls, poller } = polling(['a'], { every: 600_000 });
    await seconds(1);
    poller.configure({ read: async () => 'done', isFinal: () => true, every: 2_000 });
    await seconds(2);

    expect(calls).toHaveLength(1);
    expect(poller.snapshot().value).toBe('done');
  });
});

describe('lateness', () => {
  it('comes with a last call', async () => {
    const { calls, now } = polling(['a'], { firstAfter: 1_000, lateAfter: 60_000 });
    await seconds(59);
    expect(calls).toHaveLength(59);
    expect(now().phase).toBe('open');
    await seconds(1);
    expect(calls).toHaveLength(60);
    expect(now()).toMatchObject({ phase: 'late', value: 'a' });
    await seconds(60);
    expect(calls).toHaveLength(60);
  });

  it('does not come when the last call brings the end', async () => {
    const { now } = polling([...Array<string>(59).fill('a'), 'done'], {
      firstAfter: 1_000,
      lateAfter: 60_000,
    });
    await seconds(60);

    expect(now().phase).toBe('final');
  });

  it('counts failed calls too', async () => {
    const { calls, now } = polling([lost], { firstAfter: 1_000, lateAfter: 60_000 });
    await seconds(60);

    expect(calls).toHaveLength(60);
    expect(now().phase).toBe('late');
  });

  it('does not wait for a call that hangs', async () => {
    const { now } = polling(never, { lateAfter: 120_000 });
    await seconds(120);

    expect(now().phase).toBe('late');
  });

  it('ends when it is looked again', async () => {
    const { poller, now, calls } = polling(['a', 'a', 'a', 'done'], { lateAfter: 2_000 });
    await seconds(2);
    expect(now().phase).toBe('late');
    await poller.look();

    expect(now().phase).toBe('final');
    expect(calls).toHaveLength(4);
  });

  it('is put off by events of the task, where that is send for', async () => {
    const { tasks, now } = polling(['a'], {
      lateAfter: 60_000,
      eventsExtend: true,
      taskId: () => 't1',
      fromTask: () => null,
    });
    for (let minute = 1; minute <= 3; minute += 1) {
      tasks.say('live', { text: 'x'.repeat(minute) });
      await seconds(50);
    }
    expect(now()).toMatchObject({ phase: 'open', task: { text: 'xxx' } });
    await seconds(10);

    expect(now()).toMatchObject({ phase: 'late', task: { text: 'xxx' } });
  });
});

describe('look', () => {
  it('calls at once in place of a call under way', async () => {
    const slow = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('a'), 8_000));
    const { calls, poller } = polling(slow, { every: 3_000 });
    await seconds(16);
    expect(calls).toEqual([0, 9_000]);
    void poller.look();

    expect(calls).toEqual([0, 9_000, 16_000]);
  });

  it('begins again after the end, and resolves with its call', async () => {
    const { poller, now, calls } = polling(['done', 'a', 'done']);
    await seconds(5);
    await poller.look();
    expect(now()).toMatchObject({ phase: 'open', value: 'a' });
    await seconds(5);

    expect(now().phase).toBe('final');
    expect(calls).toHaveLength(3);
  });
});

describe('events of the task', () => {
  it('make the next call come at once, and are shown', async () => {
    const { calls, tasks, now } = polling(['a', 'b', 'done'], { taskId: () => 't1' });
    await seconds(0.1);
    tasks.say('live', { progress: { percent: 40, message: 'Writing', step: null } });
    await seconds(0);
    expect(now()).toMatchObject({ value: 'b', connection: 'live', task: { progress: { percent: 40 } } });
    tasks.say('ended', { state: 'completed' });
    await seconds(0);

    expect(calls).toEqual([0, 100, 100]);
    expect(now().phase).toBe('final');
    tasks.say('ended', { state: 'failed' });
    await seconds(10);
    expect(calls).toHaveLength(3);
  });

  it('do not make a call for every piece of text', async () => {
    const { calls, tasks, now } = polling(['a'], { taskId: () => 't1' });
    const progress = { percent: 40, message: 'Writing', step: null };
    tasks.say('live', { progress });
    await seconds(0);
    for (const text of ['x', 'xy', 'xyz']) tasks.say('live', { progress, text });
    await seconds(0);

    expect(calls).toEqual([0, 0]);
    expect(now().task?.text).toBe('xyz');
  });

  it('during a call make another one follow it', async () => {
    const slow = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('a'), 500));
    const { calls, tasks } = polling(slow, { taskId: () => 't1' });
    tasks.say('live');
    tasks.say('live', { state: 'completed' });
    await seconds(0.9);

    expect(calls).toEqual([0, 500]);
  });

  it('are followed as soon as an answer tells the id, once', async () => {
    const { tasks } = polling(['no id', 'id'], { taskId: (value) => (value === 'id' ? 't1' : null) });
    await seconds(0.5);
    expect(tasks.open).toBe(0);
    await seconds(5);

    expect(tasks.open).toBe(1);
  });

  it('take the place of calls while they are live, and bring the value', async () => {
    const { calls, tasks, now } = polling(['a'], {
      firstAfter: 1_000,
      taskId: () => 't1',
      fromTask: ({ state, text }) => (state === 'completed' ? 'done' : text || null),
    });
    tasks.say('live', { text: 'x =' });
    await seconds(3);
    expect(calls).toEqual([]);
    expect(now()).toMatchObject({ value: 'x =' });

    tasks.say('interrupted', { text: 'x =' });
    await seconds(2);
    expect(calls).toHaveLength(2);
    tasks.say('live', { text: 'x = 4' });
    await seconds(3);
    expect(calls).toHaveLength(2);
    tasks.say('ended', { state: 'completed', text: 'x = 4' });

    expect(now()).toMatchObject({ phase: 'final', value: 'done', task: { text: 'x = 4' } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('carry a long answer over a cut of two minutes, in which every call fails', async () => {
    const { tasks, now } = polling([lost], {
      every: 5_000,
      lateAfter: 150_000,
      eventsExtend: true,
      taskId: () => 't1',
      fromTask: ({ state }) => (state === 'completed' ? 'done' : null),
    });
    tasks.say('live', { text: 'The first half' });
    await seconds(100);
    tasks.say('interrupted', { text: 'The first half' });
    await seconds(120);
    expect(now()).toMatchObject({ phase: 'open', error: lost, task: { text: 'The first half' } });
    tasks.say('live', { text: 'The first half and the second' });
    await seconds(100);
    tasks.say('ended', { state: 'completed', text: 'The first half and the second' });

    expect(now()).toMatchObject({
      phase: 'final',
      value: 'done',
      task: { text: 'The first half and the second' },
    });
  });

  it('bring lateness without a call where they never end', async () => {
    const { calls, tasks, now } = polling(['a'], {
      firstAfter: 1_000,
      lateAfter: 60_000,
      taskId: () => 't1',
      fromTask: () => null,
    });
    tasks.say('live');
    await seconds(59);
    expect(now().phase).toBe('open');
    await seconds(1);

    expect(now().phase).toBe('late');
    expect(calls).toEqual([]);
  });
});

describe('a feed', () => {
  type Stream = {
    readonly key: string;
    isOpen: boolean;
    readonly update: (change: (value: string) => string) => void;
  };

  function fed(answers: readonly Answer[] | PollOptions<string>['read']) {
    const streams: Stream[] = [];
    const polled = polling(answers, {
      every: 3_000,
      feed: {
        keyOf: (value) => value[0] ?? null,
        open: (update) => {
          const stream = { key: polled.now().value![0]!, isOpen: true, update };
          streams.push(stream);
          return () => void (stream.isOpen = false);
        },
      },
    });
    return { ...polled, streams };
  }

  it('changes the value without a call', async () => {
    const { streams, calls, now } = fed(['a1']);
    await seconds(0.1);
    streams[0]!.update((value) => `${value}+`);
    expect(now().value).toBe('a1+');
    streams[0]!.update(() => 'done');

    expect(now().phase).toBe('final');
    expect(streams[0]!.isOpen).toBe(false);
    expect(calls).toEqual([0]);
  });

  it('does not hide that the last call failed, which is repeated', async () => {
    const { streams, calls, now } = fed(['a1', lost, lost, 'done']);
    await seconds(3);
    streams[0]!.update(() => 'done');
    expect(now()).toMatchObject({ phase: 'open', value: 'done', error: lost });
    await seconds(10);

    expect(now()).toMatchObject({ phase: 'final', error: null });
    expect(calls).toHaveLength(4);
  });

  it('is newer than a call that was under way', async () => {
    let takes = 0;
    const { streams, now } = fed(() => new Promise((resolve) => setTimeout(() => resolve('a1'), takes)));
    await seconds(0.1);
    takes = 1_000;
    await seconds(3.2);
    streams[0]!.update((value) => `${value}+`);
    await seconds(1);

    expect(now().value).toBe('a1+');
  });

  it('is opened again when the value belongs to another one', async () => {
    const { streams, poller, now } = fed(['a1', 'b1']);
    await seconds(0.1);
    await poller.look();
    streams[0]!.update(() => 'too late');

    expect(streams.map(({ key, isOpen }) => [key, isOpen])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    expect(now().value).toBe('b1');
  });
});
