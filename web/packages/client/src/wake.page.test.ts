import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from './client.ts';
import { WireServer, chunk, completed, started } from './wireServer.testing.ts';

// Waits in these tests are far longer than the tests: only being woken can explain that they pass.
const long = { backoff: 60_000, longestBackoff: 60_000, silence: 60_000, firstByte: 60_000 };
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 4_000, interval: 5 });
let server: WireServer;

beforeEach(async () => (server = await WireServer.start()) && undefined);
afterEach(() => server.kill());

describe('a follower in a page', () => {
  it('comes back at once when the browser is online again', async () => {
    const task = server.add('t1');
    const watch = createClient({ baseUrl: server.url, timing: long }).watch('t1');
    const leave = watch.subscribe(() => {});
    task.emit(started, chunk('a'));
    await until(() => expect(watch.events).toHaveLength(3));

    await server.kill();
    await until(() => expect(watch.snapshot().connection).toBe('interrupted'));
    task.emit(chunk('b'), completed);
    await server.start();
    dispatchEvent(new Event('online'));

    await until(() => expect(watch.snapshot()).toMatchObject({ connection: 'ended', task: { text: 'ab' } }));
    leave();
  });

  it('does not trust a connection from before it went offline', async () => {
    server.add('t1');
    const watch = createClient({ baseUrl: server.url, timing: long }).watch('t1');
    const leave = watch.subscribe(() => {});
    await until(() => expect(watch.snapshot().connection).toBe('live'));

    dispatchEvent(new Event('online'));

    await until(() => expect(server.requests).toHaveLength(2));
    expect(server.requests[1]!.headers['last-event-id']).toBe('1');
    await until(() => expect(server.openStreams).toBe(1));
    leave();
  });

  it('comes back when it is looked at, and lets a living connection be', async () => {
    server.add('t1');
    server.pingEvery = 60_000;
    const watch = createClient({ baseUrl: server.url, timing: { ...long, silence: 600 } }).watch('t1');
    const leave = watch.subscribe(() => {});
    await until(() => expect(watch.snapshot().connection).toBe('live'));

    document.dispatchEvent(new Event('visibilitychange'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.requests).toHaveLength(1);

    await new Promise((resolve) => setTimeout(resolve, 350));
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => expect(server.requests).toHaveLength(2));
    leave();
  });

  it('sends the proof of its cookie with every change, to its own origin only', async () => {
    document.cookie = 'csrftoken=a%20b';
    document.cookie = 'XSRF-TOKEN=spring';
    const sent: (string | null)[] = [];
    const fetch = async (_: string, init?: RequestInit): Promise<Response> => {
      const headers = new Headers(init?.headers);
      sent.push(headers.get('x-csrftoken') ?? headers.get('x-xsrf-token'));
      return Response.json({});
    };

    await createClient({ fetch }).cancel('t1');
    await createClient({ fetch }).get('t1');
    await createClient({ fetch, csrf: { cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' } }).cancel('t1');
    await createClient({ fetch, token: 'mine' }).cancel('t1');
    await createClient({ fetch, baseUrl: 'https://elsewhere.example' }).cancel('t1');

    expect(sent).toEqual(['a b', null, 'spring', null, null]);
  });
});
