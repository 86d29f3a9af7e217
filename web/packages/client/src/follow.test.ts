import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type HandoffClient, createClient } from './client.ts';
import type { Followed } from './following.ts';
import type { ClientOptions } from './http.ts';
import type { TaskEvent } from './event.ts';
import type { TaskView } from './taskView.ts';
import { WireServer, chunk, completed, problem, started } from './wireServer.testing.ts';

let server: WireServer;
let client: HandoffClient;
const quick = {
  answer: 2_000,
  firstByte: 2_000,
  silence: 2_000,
  backoff: 10,
  longestBackoff: 40,
  longPoll: 1,
  poll: 20,
  streamAgain: 300,
};

const clientWith = (options: ClientOptions = {}): HandoffClient =>
  createClient({ baseUrl: server.url, timing: quick, ...options });

/** A follower that records every view and every event. */
function follow(
  id: string,
  { by = client, lastSeen }: { by?: HandoffClient; lastSeen?: number } = {},
): {
  reports: Followed[];
  events: TaskEvent[];
  end: Promise<TaskView>;
  abort: () => void;
  connections: () => string[];
} {
  const reports: Followed[] = [];
  const events: TaskEvent[] = [];
  const controller = new AbortController();
  const { signal } = controller;
  const view = by.follow(id, { signal, lastSeen, onChange: (followed) => reports.push(followed) });
  const all = (async () => {
    for await (const event of by.events(id, { signal, lastSeen })) events.push(event);
  })();
  const end = Promise.all([view, all]).then(([last]) => last);
  end.catch(() => {});
  const connections = (): string[] =>
    reports.map(({ connection }) => connection).filter((one, index, them) => one !== them[index - 1]);
  return { reports, events, end, connections, abort: () => controller.abort() };
}

const streamsOf = (): number => server.calls(/GET .*\/events$/).length;
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 4_000, interval: 5 });
const seqs = (events: readonly TaskEvent[]): number[] => events.map(({ seq }) => seq);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

beforeEach(async () => {
  server = await WireServer.start();
  client = clientWith();
});
afterEach(() => server.kill());

describe('follow', () => {
  it('is live from the first bytes and ends after a terminal event', async () => {
    const task = server.add('t 1');
    const { reports, end, connections, events } = follow('t 1');
    await until(() => expect(reports.at(-1)?.connection).toBe('live'));

    task.emit(started, chunk('x = '));
    await until(() => expect(reports.at(-1)?.task.text).toBe('x = '));
    task.emit(chunk('4'), completed);

    expect(await end).toMatchObject({ state: 'completed', text: 'x = 4', result: { response: 'x = 4' } });
    expect(connections()).toEqual(['live', 'ended']);
    expect(seqs(events)).toEqual(upTo(5));
    expect(server.requests[0]!.call).toBe('GET /handoff/tasks/t%201/events');
    await until(() => expect(server.openStreams).toBe(0));
  });

  it('shows where the task stands in line, until it starts', async () => {
    const task = server.add('t 1');
    const { reports, end, events } = follow('t 1');
    await until(() => expect(reports.at(-1)?.connection).toBe('live'));

    task.moveTo({ position: 3, of: 17, startsIn: { p50: 4.2, p90: 9 } });
    await until(() => expect(reports.at(-1)?.task.queue?.position).toBe(3));
    task.moveTo(null);
    await until(() => expect(reports.at(-1)?.task.queue).toBeNull());
    task.moveTo({ position: 1, of: 1 });
    await until(() => expect(reports.at(-1)?.task.queue?.position).toBe(1));
    task.emit(started);
    await until(() => expect(reports.at(-1)?.task.state).toBe('processing'));
    expect(reports.at(-1)?.task.queue).toBeNull();
    task.emit(completed);
    await end;

    // It is no event of the log.
    expect(events).toEqual(task.events);
  });

  it('shares one connection, tells late joiners everything, and closes it with the last', async () => {
    const task = server.add('t1');
    task.emit(started, chunk('a'));
    const first = follow('t1');
    await until(() => expect(first.events).toHaveLength(3));
    const late = follow('t1');
    await until(() => expect(late.events).toHaveLength(3));
    expect(late.reports[0]).toMatchObject({ task: { text: 'a' } });

    first.abort();
    task.emit(chunk('b'));
    await until(() => expect(late.events).toHaveLength(4));
    expect(first.events).toHaveLength(3);
    expect(server.openStreams).toBe(1);
    expect(server.requests).toHaveLength(1);

    late.abort();
    await until(() => expect(server.openStreams).toBe(0));
    await expect(late.end).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('goes on where it was when it is watched again', async () => {
    const task = server.add('t1');
    task.emit(started, chunk('a'));
    const before = follow('t1');
    await until(() => expect(before.events).toHaveLength(3));
    before.abort();
    await until(() => expect(server.openStreams).toBe(0));
    task.emit(chunk('b'));

    const again = follow('t1');
    await until(() => expect(again.reports.at(-1)?.task.text).toBe('ab'));
    expect(seqs(again.events)).toEqual(upTo(4));
    expect(server.requests.at(-1)!.headers['last-event-id']).toBe('3');
  });

  it('begins anew when the server has another log', async () => {
    const task = server.add('t1');
    task.emit(started, chunk('lost'), chunk(' too'));
    const run = follow('t1');
    await until(() => expect(run.events).toHaveLength(4));

    server.cut();
    task.forget(2);
    task.emit(chunk('found'));
    await until(() => expect(run.reports.at(-1)?.task.text).toBe('found'));
    task.emit(completed);

    expect(await run.end).toMatchObject({ state: 'completed', text: 'found', lastEvent: 4 });
    expect(seqs(run.events)).toEqual([...upTo(4), ...upTo(4)]);
    const late = follow('t1');
    await late.end;
    expect(seqs(late.events)).toEqual(upTo(4));
  });

  it('begins anew while a stream is open, and when the task has ended with less', async () => {
    const task = server.add('t1');
    task.emit(started, chunk('lost'), chunk(' too'));
    const run = follow('t1');
    await until(() => expect(run.events).toHaveLength(4));

    task.forget(3);
    task.emit(completed);

    expect(await run.end).toMatchObject({ state: 'completed', text: '', lastEvent: 2 });
    expect(seqs(run.events)).toEqual([...upTo(4), ...upTo(2)]);
  });

  it('starts behind the event its caller saw last', async () => {
    const task = server.add('t1');
    task.emit(started, chunk('old'), chunk('new'), completed);

    const run = follow('t1', { lastSeen: 3 });

    expect((await run.end).text).toBe('new');
    expect(seqs(run.events)).toEqual([4, 5]);
    expect((await follow('t1', { lastSeen: 5 }).end).result).toEqual({ response: 'x = 4' });
  });

  it('takes the end of the stream after a failure for the end, and goes on after a retry', async () => {
    const error = { code: 'timeout', message: 'too long' };
    const task = server.add('t1');
    task.emit(started, { type: 'taskFailed', error });
    const watched = client.watch('t1');
    const leave = watched.subscribe(() => {});
    expect(await follow('t1').end).toMatchObject({ state: 'failed', error });

    await client.retry('t1');
    expect(watched.snapshot().task).toMatchObject({ state: 'queued', error: null });
    task.emit({ type: 'attemptStarted', attempt: 2 }, completed);

    await until(() => expect(watched.snapshot()).toMatchObject({ connection: 'ended', error: null }));
    expect(watched.snapshot().task).toMatchObject({ state: 'completed', error: null, lastEvent: 6 });
    leave();
  });

  it('misses, doubles and reorders nothing while connections break at any place', async () => {
    const task = server.add('t1');
    const { events, end } = follow('t1');
    await until(() => expect(streamsOf()).toBe(1));
    task.emit(started);
    for (let number = 1; number <= 200; number += 1) {
      task.emit(chunk(`${number} `));
      if (number % 7 === 0) await new Promise((resolve) => setTimeout(resolve, number % 3));
      if (number % 20 === 0) server.cut();
    }
    task.emit(completed);

    expect((await end).text).toBe(upTo(200).join(' ') + ' ');
    expect(seqs(events)).toEqual(upTo(203));
    expect(server.requests.length).toBeGreaterThan(1);
  });

  it('survives a restart of the server', async () => {
    const task = server.add('t1');
    const run = follow('t1');
    task.emit(started, chunk('a'));
    await until(() => expect(run.events).toHaveLength(3));

    await server.kill();
    await until(() => expect(run.reports.at(-1)?.connection).toBe('interrupted'));
    task.emit(chunk('b'));
    await new Promise((resolve) => setTimeout(resolve, 120));
    await server.start();
    await until(() => expect(run.reports.at(-1)).toMatchObject({ connection: 'live', task: { text: 'ab' } }));
    await until(() => expect(streamsOf()).toBeGreaterThan(1));
    task.emit(completed);

    expect((await run.end).text).toBe('ab');
    expect(seqs(run.events)).toEqual(upTo(5));
  });

  it('takes a silent connection for dead, and pings for life', async () => {
    server.add('t1');
    const run = follow('t1', { by: clientWith({ timing: { ...quick, silence: 500 } }) });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(run.connections()).toEqual(['live']);
    expect(streamsOf()).toBe(1);

    server.pingEvery = 60_000;
    server.cut();
    await until(() => expect(streamsOf()).toBe(2));
    await until(() => expect(server.requests.length).toBeGreaterThan(2));
    expect(run.connections()).toContain('interrupted');
    run.abort();
  });

  it('reads an event once more that was lost on the way', async () => {
    const task = server.add('t1');
    let isFirst = true;
    server.trouble = (_, response) => {
      if (!isFirst) return null;
      isFirst = false;
      const write = response.write.bind(response);
      response.write = (text: string) => write(text.replace(/id: 2\n.*\n.*\n\n/, '')) as never;
      return null;
    };
    task.emit(started, chunk('a'), completed);

    const { events, end } = follow('t1');

    expect((await end).text).toBe('a');
    expect(seqs(events)).toEqual(upTo(4));
  });

  it('gives up when the server refuses', async () => {
    const run = follow('nobody');

    await expect(run.end).rejects.toMatchObject({
      type: 'urn:handoff:problem:task-not-found',
      status: 404,
      taskId: 'nobody',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('gives up when there is no Handoff at the address', async () => {
    server.trouble = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
      return 'handled';
    };

    await expect(follow('t1').end).rejects.toMatchObject({ type: 'urn:handoff:problem:unreadable' });
  });

  it("outlasts a gateway's page about maintenance", async () => {
    const task = server.add('t1');
    const run = follow('t1');
    await until(() => expect(run.events).toHaveLength(1));
    server.trouble = (_, response) => {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html>');
      return 'handled';
    };
    server.cut();
    const before = server.requests.length;
    await until(() => expect(server.requests.length).toBeGreaterThan(before + 6));
    server.trouble = () => null;
    task.emit(started, completed);

    expect((await run.end).state).toBe('completed');
  });

  it('rejects with what a listener throws, which others do not notice', async () => {
    const task = server.add('t1');
    const other = follow('t1');
    const broken = client.follow('t1', {
      onChange: () => {
        throw new Error('a defect');
      },
    });
    await expect(broken).rejects.toThrow('a defect');
    task.emit(started, completed);

    expect((await other.end).state).toBe('completed');
  });
});

describe('follow where streams are in trouble', () => {
  const isStream = (accept: string | undefined): boolean => accept === 'text/event-stream';

  it('falls back to long polls when a proxy holds streams back, and comes back to them', async () => {
    let buffers = true;
    server.trouble = ({ headers }) => (buffers && isStream(headers.accept) ? 'handled' : null);
    const task = server.add('t1');
    const run = follow('t1', { by: clientWith({ timing: { ...quick, firstByte: 100 } }) });
    task.emit(started, chunk('a'));

    await until(() => expect(run.reports.at(-1)).toMatchObject({ connection: 'live', task: { text: 'a' } }));
    expect(server.calls(/events\?after=0&wait=0$/)).toHaveLength(1);
    await until(() => expect(server.calls(/events\?after=3&wait=1$/)).not.toHaveLength(0));
    const callsBefore = server.calls(/wait=1$/).length;
    task.emit(chunk('b'));
    await until(() => expect(run.events).toHaveLength(4));
    expect(server.calls(/events\?after=3&wait=1$/)).toHaveLength(callsBefore);

    buffers = false;
    const polls = (): number => server.calls(/wait=/).length;
    await until(() => expect(streamsOf()).toBeGreaterThan(1));
    const pollsBefore = polls();
    for (const text of 'cdef') task.emit(chunk(text));
    task.emit(completed);

    expect((await run.end).text).toBe('abcdef');
    expect(seqs(run.events)).toEqual(upTo(9));
    expect(polls()).toBe(pollsBefore);
  });

  it.each([
    ['a page of its own', 200],
    ['403', 403],
  ])('falls back when a proxy answers streams with %s', async (_, status) => {
    server.trouble = ({ headers }, response) => {
      if (!isStream(headers.accept)) return null;
      response.writeHead(status, { 'content-type': 'text/html' }).end('<!doctype html>');
      return 'handled';
    };
    const task = server.add('t1');
    const run = follow('t1');
    task.emit(started, chunk('a'), completed);

    expect((await run.end).text).toBe('a');
    expect(run.events).toHaveLength(4);
  });

  it.each([
    ['long polls', /text\/event-stream/],
    ['plain polls', /./],
  ])('begins anew on %s when the server has another log', async (_, held) => {
    server.trouble = ({ headers, url }, response) => {
      const isHeld = isStream(headers.accept) || url?.endsWith('wait=1');
      if (!isHeld || !held.test(headers.accept ?? '')) return null;
      response.writeHead(403, { 'content-type': 'text/html' }).end('<!doctype html>');
      return 'handled';
    };
    const task = server.add('t1');
    task.emit(started, chunk('lost'), chunk(' too'));
    const run = follow('t1');
    await until(() => expect(run.reports.at(-1)?.task.text).toBe('lost too'));

    task.forget(2);
    task.emit(chunk('found'));
    await until(() => expect(run.reports.at(-1)?.task.text).toBe('found'));
    task.emit(completed);

    expect(await run.end).toMatchObject({ state: 'completed', text: 'found', lastEvent: 4 });
  });

  it('polls when the server has no stream free, not before the time it asks for', async () => {
    server.trouble = ({ headers }, response) => {
      if (!isStream(headers.accept)) return null;
      problem(response, 429, 'too-many-streams', { 'retry-after': '1' });
      return 'handled';
    };
    const task = server.add('t1');
    const before = performance.now();
    const run = follow('t1');
    task.emit(started, completed);

    await run.end;
    expect(performance.now() - before).toBeGreaterThan(990);
    expect(streamsOf()).toBe(1);
  });

  it('polls the task where nothing held open comes through, with every chunk', async () => {
    server.trouble = ({ headers, url }) =>
      isStream(headers.accept) || url?.endsWith('wait=1') ? 'handled' : null;
    const task = server.add('t1');
    const run = follow('t1', { by: clientWith({ timing: { ...quick, firstByte: 100, answer: 200 } }) });
    task.emit(started, chunk('a'));

    await until(() => expect(run.connections()).toContain('polling'));
    for (let number = 1; number <= 20; number += 1) task.emit(chunk('b'));
    task.emit(completed);
    expect((await run.end).text).toBe(`a${'b'.repeat(20)}`);
    expect(seqs(run.events)).toEqual(upTo(24));
  });

  it('ends at the end, also where it was seen before and no stream comes through', async () => {
    server.trouble = ({ headers }, response) =>
      isStream(headers.accept) ? (response.writeHead(403).end(), 'handled') : null;
    const error = { code: 'timeout', message: 'too long' };
    const task = server.add('t1');
    task.emit(
      started,
      chunk('a'),
      chunk('b'),
      { type: 'taskFailed', error },
      { type: 'taskRetried', dueAt: '' },
    );
    task.emit({ type: 'attemptStarted', attempt: 2 }, chunk('c'), completed);

    const run = follow('t1');
    expect(await run.end).toMatchObject({ state: 'completed', text: 'c' });
    expect(seqs(run.events)).toEqual(upTo(9));
    expect(await follow('t1', { lastSeen: 9 }).end).toMatchObject({ state: 'completed' });
  });

  it('shows how the task stands where even its events are blocked', async () => {
    server.trouble = ({ url }, response) =>
      /events/.test(url ?? '') ? (response.destroy(), 'handled') : null;
    const task = server.add('t1');
    const run = follow('t1');
    task.emit(started, { type: 'progressReported', percent: 40, message: 'reading', step: null });

    await until(() =>
      expect(run.reports.at(-1)).toMatchObject({
        connection: 'polling',
        task: { state: 'processing', progress: { percent: 40 } },
      }),
    );
    task.emit(completed);

    expect(await run.end).toMatchObject({ state: 'completed', result: { response: 'x = 4' } });
    expect(run.connections().at(-1)).toBe('ended');
  });

  it('does not ask without a pause when polls are not held', async () => {
    server.trouble = ({ headers, url }, response) => {
      if (isStream(headers.accept)) return (response.writeHead(403).end(), 'handled');
      if (!url?.endsWith('wait=1')) return null;
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ events: [], last: 1 }));
      return 'handled';
    };
    server.add('t1');
    const run = follow('t1');
    await new Promise((resolve) => setTimeout(resolve, 200));
    run.abort();

    expect(server.calls(/wait=1$/).length).toBeGreaterThan(2);
    expect(server.calls(/wait=1$/).length).toBeLessThan(12);
  });
});
