import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type HandoffClient, createClient } from './client.ts';
import { holdConnection } from './hold.ts';
import type { ClientOptions } from './http.ts';
import { TestLocks } from './locks.testing.ts';
import type { TaskWatch } from './watch.ts';
import { WireServer, chunk, completed, goodToken, problem, started } from './wireServer.testing.ts';

const quick = { backoff: 10, longestBackoff: 40, poll: 40, hiddenPoll: 60, silence: 5_000, firstByte: 5_000 };
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 6_000, interval: 5 });
let server: WireServer;
let locks: TestLocks;
const leaves: (() => void)[] = [];

const tab = (options: ClientOptions = {}): HandoffClient =>
  createClient({ baseUrl: server.url, timing: quick, ...options });

function open(id: string, options: ClientOptions = {}): { watch: TaskWatch; close: () => void } {
  const watch = tab(options).watch(id);
  const close = watch.subscribe(() => {});
  leaves.push(close);
  return { watch, close };
}

const tabs = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const streams = (): number => server.calls(/GET .*\/events$/).length;
const seqs = (watch: TaskWatch): number[] => watch.events.map(({ seq }) => seq);

function look(state: 'visible' | 'hidden'): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(async () => {
  server = await WireServer.start();
  locks = new TestLocks();
  Object.defineProperty(navigator, 'locks', { configurable: true, value: locks });
});
afterEach(async () => {
  for (const leave of leaves.splice(0)) leave();
  Reflect.deleteProperty(navigator, 'locks');
  await server.kill();
});

describe('tabs that follow one task', () => {
  it('read it over one connection, and each gets every event once and in order', async () => {
    const task = server.add('t1');
    const all = tabs(8).map(() => open('t1').watch);
    task.emit(started, chunk('a'));
    await until(() => expect(all.every(({ events }) => events.length === 3)).toBe(true));
    await until(() => expect(all.every((watch) => watch.snapshot().connection === 'live')).toBe(true));

    expect([streams(), server.openStreams]).toEqual([1, 1]);
    task.emit(chunk('b'), completed);

    await until(() => expect(all.every((watch) => watch.snapshot().connection === 'ended')).toBe(true));
    expect(all.map((watch) => watch.snapshot().task.text)).toEqual(tabs(8).map(() => 'ab'));
    expect(all.map(seqs)).toEqual(tabs(8).map(() => [1, 2, 3, 4, 5]));
  });

  it('go on when the one that reads is closed', async () => {
    const task = server.add('t1');
    const first = open('t1');
    await until(() => expect(first.watch.snapshot().connection).toBe('live'));
    const others = tabs(3).map(() => open('t1').watch);
    task.emit(started, chunk('a'));
    await until(() => expect(others.every(({ events }) => events.length === 3)).toBe(true));

    first.close();
    await until(() => expect(streams()).toBe(2));
    task.emit(chunk('b'), completed);

    await until(() => expect(others.every((watch) => watch.snapshot().connection === 'ended')).toBe(true));
    expect(others.map(seqs)).toEqual(tabs(3).map(() => [1, 2, 3, 4, 5]));
  });

  it('read it themselves when the one that reads stands still', async () => {
    locks.frozen = /^handoff:1:/;
    const task = server.add('t1');
    const { watch } = open('t1');
    task.emit(started, chunk('a'), completed);

    await until(() => expect(watch.snapshot()).toMatchObject({ connection: 'ended', task: { text: 'a' } }));
    expect(streams()).toBe(0);
  });

  it('begin anew together when the server has another log', async () => {
    const task = server.add('t1');
    const all = tabs(3).map(() => open('t1').watch);
    task.emit(started, chunk('lost'), chunk(' too'));
    await until(() => expect(all.every(({ events }) => events.length === 4)).toBe(true));

    task.forget(3);
    task.emit(chunk('found'));
    await until(() =>
      expect(all.map((watch) => watch.snapshot().task.text)).toEqual(tabs(3).map(() => 'found')),
    );
    task.emit(completed);
    await until(() => expect(all.every((watch) => watch.snapshot().connection === 'ended')).toBe(true));
    expect(all.map(seqs)).toEqual(tabs(3).map(() => [1, 2, 3]));
  });

  it('wait between calls as one does alone while the server is away', async () => {
    const heard: { connection: unknown }[] = [];
    const Channel = globalThis.BroadcastChannel;
    class Overheard extends Channel {
      constructor(name: string) {
        super(name);
        this.addEventListener('message', ({ data }: MessageEvent<{ connection: unknown }>) =>
          heard.push(data),
        );
      }
    }
    vi.stubGlobal('BroadcastChannel', Overheard);
    const timing = { ...quick, backoff: 60_000, longestBackoff: 60_000 };
    server.add('t1');
    const all = tabs(2).map(() => open('t1', { timing }).watch);
    await until(() => expect(all.every((watch) => watch.snapshot().connection === 'live')).toBe(true));

    server.trouble = (_, response) => {
      problem(response, 503, 'unavailable');
      return 'handled';
    };
    server.cut();
    await until(() =>
      expect(heard.filter(({ connection }) => connection === null).length).toBeGreaterThan(4),
    );
    const before = server.requests.length;
    heard.length = 0;
    await until(() => expect(heard.length).toBeGreaterThan(8));
    expect(server.requests.length - before).toBeLessThanOrEqual(2);
  });

  it('share a failed task and its end', async () => {
    const task = server.add('t1');
    const all = tabs(3).map(() => open('t1').watch);
    task.emit(started, { type: 'taskFailed', error: { code: 'broken', message: 'Broken.' } });

    await until(() => expect(all.every((watch) => watch.snapshot().connection === 'ended')).toBe(true));
    expect(all.map((watch) => watch.snapshot().task.state)).toEqual(['failed', 'failed', 'failed']);
  });
});

describe('tabs with other credentials', () => {
  it('share nothing, and no token is in a name or a message', async () => {
    const said: unknown[] = [];
    const named: string[] = [];
    const Channel = globalThis.BroadcastChannel;
    vi.stubGlobal(
      'BroadcastChannel',
      class extends Channel {
        constructor(name: string) {
          super(name);
          named.push(name);
        }
        override postMessage(message: unknown): void {
          said.push(message);
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- It reaches its own origin only.
          super.postMessage(message);
        }
      },
    );
    const task = server.add('t1');
    const mine = open('t1', { token: goodToken }).watch;
    const same = open('t1', { token: async () => goodToken }).watch;
    const strange = open('t1', { token: 'another-token' }).watch;
    const cookies = open('t1').watch;
    const alone = open('t1', { fetch: (url, init) => fetch(url, init) }).watch;
    task.emit(started, chunk('secret'));

    await until(() => expect(mine.snapshot().task.text).toBe('secret'));
    await until(() => expect(same.snapshot().task.text).toBe('secret'));
    await until(() => expect(alone.snapshot().task.text).toBe('secret'));
    await until(() =>
      expect(strange.snapshot()).toMatchObject({ connection: 'ended', error: { status: 401 } }),
    );
    expect(strange.events).toHaveLength(0);
    await until(() => expect(cookies.snapshot().task.text).toBe('secret'));
    expect(streams()).toBe(3);
    expect(new Set(named).size).toBe(3);
    expect(JSON.stringify([said, named, ...locks.names])).not.toMatch(/good-token|another-token/);
  });
});

describe('tabs that follow many tasks', () => {
  it('hold few connections, can call the server, and each shows its answer', async () => {
    const all = tabs(20).map((index) => {
      server.add(`t${index}`);
      return open(`t${index}`).watch;
    });
    await until(() => expect(all.every(({ events }) => events.length === 1)).toBe(true));
    expect(server.openStreams).toBeLessThanOrEqual(3);

    await tab().cancel('t19');
    for (const index of tabs(19)) server.task(`t${index}`).emit(started, chunk(`answer ${index}`), completed);

    await until(() => expect(all.every((watch) => watch.snapshot().connection === 'ended')).toBe(true));
    expect(all[19]!.snapshot().task.state).toBe('cancelled');
    expect(all[18]!.snapshot().task.text).toBe('answer 18');
  });

  it('let go while they are hidden, and come back when they are looked at', async () => {
    const task = server.add('t1');
    const { watch } = open('t1');
    await until(() => expect(server.openStreams).toBe(1));

    look('hidden');
    await until(() => expect(server.openStreams).toBe(0));
    task.emit(started, chunk('slowly'));
    await until(() =>
      expect(watch.snapshot()).toMatchObject({ connection: 'polling', task: { text: 'slowly' } }),
    );

    look('visible');
    await until(() => expect(server.openStreams).toBe(1));
    task.emit(completed);
    await until(() => expect(watch.snapshot().connection).toBe('ended'));
    expect(seqs(watch)).toEqual([1, 2, 3, 4]);
  });

  it('poll where pages have no locks and another one was looked at last', async () => {
    Reflect.deleteProperty(navigator, 'locks');
    const task = server.add('t1');
    const { watch } = open('t1');
    await until(() => expect(server.openStreams).toBe(1));

    const other = new BroadcastChannel(`handoff:claim:${server.url}`);
    const claims = vi.fn<() => void>();
    other.addEventListener('message', claims);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- It reaches its own origin only.
    other.postMessage(null);
    await until(() => expect(watch.snapshot().connection).toBe('polling'));
    expect(server.openStreams).toBe(0);

    dispatchEvent(new Event('focus'));
    await until(() => expect(watch.snapshot().connection).toBe('live'));
    expect(claims).toHaveBeenCalledTimes(1);
    task.emit(started, chunk('a'), completed);
    await until(() => expect(watch.snapshot()).toMatchObject({ connection: 'ended', task: { text: 'a' } }));
    other.close();
  });

  it('poll where pages cannot tell each other anything and another one has the focus', async () => {
    Reflect.deleteProperty(navigator, 'locks');
    vi.stubGlobal('BroadcastChannel', undefined);
    const focused = vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    server.add('t1');
    const { watch } = open('t1');
    await until(() => expect(watch.snapshot().connection).toBe('polling'));
    expect(server.openStreams).toBe(0);

    focused.mockReturnValue(true);
    dispatchEvent(new Event('focus'));
    await until(() => expect(watch.snapshot().connection).toBe('live'));
  });
});

describe('calls that wait', () => {
  it('are answered at the end of the task although no connection is free', async () => {
    for (const index of tabs(3)) server.add(`held${index}`);
    tabs(3).forEach((index) => open(`held${index}`));
    await until(() => expect(server.openStreams).toBe(3));
    const task = server.add('t1');

    const read = tab().get('t1', { wait: 5 });
    const submitted = tab().submit('text', {}, { wait: 5 });
    await until(() => expect(server.calls(/POST .*\/tasks$/)).toHaveLength(1));
    expect(server.calls(/POST .*\/tasks$/)[0]!.headers['prefer']).toBeUndefined();
    task.emit(started, completed);
    [...server.tasks.values()].at(-1)!.emit(started, completed);

    expect(await read).toMatchObject({ id: 't1', state: 'completed' });
    expect(await submitted).toMatchObject({ state: 'completed' });
  });

  it('are held by the server while a connection is free', async () => {
    server.add('t1');
    const read = tab().get('t1', { wait: 1 });

    expect(await read).toMatchObject({ state: 'queued' });
    expect(server.calls(/GET .*t1$/)[0]!.headers['prefer']).toBe('wait=1');
  });
});

describe('a connection of your own', () => {
  it('is open while the page is looked at and one is free', async () => {
    let [opened, closed] = [0, 0];
    const one = { baseUrl: server.url, connections: 1 };
    const begin = (): (() => void) => {
      opened += 1;
      return () => (closed += 1);
    };
    leaves.push(holdConnection(begin, one));
    await until(() => expect([opened, closed]).toEqual([1, 0]));

    const second = vi.fn<() => () => void>(() => () => {});
    leaves.push(holdConnection(second, one));
    look('hidden');
    await until(() => expect([opened, closed]).toEqual([1, 1]));
    look('visible');
    await until(() => expect(opened + second.mock.calls.length).toBe(2));
  });
});
