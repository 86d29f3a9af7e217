import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TaskEvent } from './event.ts';
import { type FakeConnection, fakeStreams, problem, settle } from './fakeStreams.testing.ts';
import { type Followed, followTask } from './follow.ts';
import type { Fetch } from './http.ts';
import type { TaskView } from './taskView.ts';

const at = '2026-01-05T09:00:00Z';
const submitted: TaskEvent = { seq: 1, at, type: 'taskSubmitted', dueAt: at };
const started: TaskEvent = { seq: 2, at, type: 'attemptStarted', attempt: 1 };
const chunk = (seq: number, text: string): TaskEvent => ({ seq, at, type: 'chunkEmitted', text });
const completed = (seq: number): TaskEvent => ({
  seq,
  at,
  type: 'taskCompleted',
  result: { response: 'x = 4' },
});

type Run = { reports: Followed[]; connections: FakeConnection[]; end: Promise<TaskView>; abort: () => void };

function follow(streams: { fetch: Fetch; connections: FakeConnection[] }, lastSeen = 0): Run {
  const reports: Followed[] = [];
  const controller = new AbortController();
  const end = followTask('t 1', {
    fetch: streams.fetch,
    baseUrl: 'https://example.test/',
    signal: controller.signal,
    lastSeen,
    random: () => 0,
    onChange: (followed) => reports.push(followed),
  });
  end.catch(() => {});
  return { reports, connections: streams.connections, end, abort: () => controller.abort() };
}

const connectionsOf = (run: Run): string[] => run.reports.map((report) => report.connection);

describe('followTask', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is live from the first bytes and ends after a terminal event', async () => {
    const run = follow(fakeStreams());
    await settle();
    expect(connectionsOf(run)).toEqual([]);

    await run.connections[0]!.send(submitted, started, chunk(3, 'x = '));
    await run.connections[0]!.send(chunk(4, '4'), completed(5));

    expect(connectionsOf(run)).toEqual(['live', 'ended']);
    expect(await run.end).toMatchObject({ state: 'completed', text: 'x = 4', result: { response: 'x = 4' } });
    expect(run.connections[0]!.url).toBe('https://example.test/api/v1/tasks/t%201/events');
    expect(run.connections[0]!.signal?.aborted).toBe(true);
  });

  it('reads on after a failure, which may have been retried, until the stream ends', async () => {
    const error = { code: 'timeout', message: 'too long' };
    const run = follow(fakeStreams());
    await settle();

    await run.connections[0]!.send(submitted, started, { seq: 3, at, type: 'taskFailed', error });
    expect(run.reports.at(-1)).toMatchObject({ task: { state: 'failed', error }, connection: 'live' });
    await run.connections[0]!.send({ seq: 4, at, type: 'taskRetried', dueAt: at });
    expect(run.reports.at(-1)).toMatchObject({ task: { state: 'queued', error: null }, connection: 'live' });
    await run.connections[0]!.send({ seq: 5, at, type: 'taskFailed', error });
    await run.connections[0]!.close();

    expect(run.reports.at(-1)).toMatchObject({ task: { state: 'failed', error }, connection: 'ended' });
    expect((await run.end).lastEvent).toBe(5);
  });

  it('resumes after the last event it saw and ignores what is sent twice', async () => {
    const run = follow(fakeStreams());
    await settle();
    await run.connections[0]!.send(submitted, started, chunk(3, 'x'));

    await run.connections[0]!.breakOff();
    expect(connectionsOf(run).at(-1)).toBe('interrupted');
    await vi.advanceTimersByTimeAsync(1_000);
    await run.connections[1]!.send(chunk(3, 'x'), chunk(4, ' = 4'), completed(5));

    expect(run.connections[0]!.headers.has('last-event-id')).toBe(false);
    expect(run.connections[1]!.headers.get('last-event-id')).toBe('3');
    expect((await run.end).text).toBe('x = 4');
  });

  it('starts after the event its caller saw last', async () => {
    const run = follow(fakeStreams(), 3);
    await settle();

    expect(run.connections[0]!.headers.get('last-event-id')).toBe('3');
    await run.connections[0]!.send(chunk(3, 'old'), chunk(4, 'new'));
    expect(run.reports.at(-1)!.task.text).toBe('new');
  });

  it('waits 1, 2 and 4 seconds between fruitless tries and starts over after an event', async () => {
    const refuse = (): Response => problem(503, { title: 'Starting' });
    const run = follow(fakeStreams(refuse, refuse, refuse));
    await settle();

    for (const [wait, opened] of [
      [999, 1],
      [1, 2],
      [1_999, 2],
      [1, 3],
      [3_999, 3],
      [1, 4],
    ] as const) {
      await vi.advanceTimersByTimeAsync(wait);
      expect(run.connections).toHaveLength(opened);
    }

    await run.connections[3]!.send(submitted);
    await run.connections[3]!.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(run.connections).toHaveLength(5);
  });

  it('waits as long as a busy server asks for', async () => {
    const busy = problem(429, { title: 'Too many streams' });
    busy.headers.set('retry-after', '5');
    const run = follow(fakeStreams(() => busy));
    await settle();

    await vi.advanceTimersByTimeAsync(4_999);
    expect(run.connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(run.connections).toHaveLength(2);
  });

  it('reconnects when nothing arrives for 35 seconds, and pings count as something', async () => {
    const run = follow(fakeStreams());
    await settle();
    await run.connections[0]!.send(submitted);

    await vi.advanceTimersByTimeAsync(30_000);
    await run.connections[0]!.write(': ping\n\n');
    await vi.advanceTimersByTimeAsync(34_999);
    expect(connectionsOf(run)).toEqual(['live']);

    await vi.advanceTimersByTimeAsync(1);
    expect(connectionsOf(run)).toEqual(['live', 'interrupted']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(run.connections).toHaveLength(2);
    expect(run.connections[1]!.headers.get('last-event-id')).toBe('1');
  });

  it('gives up when the server refuses', async () => {
    const run = follow(fakeStreams(() => problem(404, { type: 'urn:x', detail: 'No such task.' })));

    await expect(run.end).rejects.toMatchObject({
      type: 'urn:x',
      status: 404,
      taskId: 't 1',
      message: 'No such task.',
    });
    expect(run.connections).toHaveLength(1);
  });

  it('gives up when the answer is a page and not a stream', async () => {
    const page = (): Response =>
      new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });

    await expect(follow(fakeStreams(page)).end).rejects.toMatchObject({ name: 'HandoffError', status: 406 });
  });

  it('keeps trying when the network is down', async () => {
    const offline = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));
    const run = follow(fakeStreams(offline));
    await settle();

    await vi.advanceTimersByTimeAsync(1_000);
    await run.connections[1]!.send(submitted, completed(2));

    expect((await run.end).state).toBe('completed');
  });

  it('stops at once when its caller aborts, connected or between connections', async () => {
    const connected = follow(fakeStreams());
    await settle();
    connected.abort();
    await expect(connected.end).rejects.toMatchObject({ name: 'AbortError' });
    expect(connected.connections[0]!.signal?.aborted).toBe(true);

    const between = follow(fakeStreams(() => problem(503, {})));
    await settle();
    between.abort();
    await expect(between.end).rejects.toMatchObject({ name: 'AbortError' });
    expect(vi.getTimerCount()).toBe(0);
  });
});
