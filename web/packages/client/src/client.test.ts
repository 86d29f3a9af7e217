import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import notFound from '../../../../contract/golden/problem-task-not-found.json' with { type: 'json' };
import golden from '../../../../contract/golden/task-completed.json' with { type: 'json' };
import { type HandoffClient, createClient } from './client.ts';
import type { ClientOptions } from './http.ts';
import type { TaskSummary } from './task.ts';
import { WireServer, completed, goodToken, problem, send, started } from './wireServer.testing.ts';

let server: WireServer;
let client: HandoffClient;

const clientWith = (options: ClientOptions = {}): HandoffClient =>
  createClient({ baseUrl: server.url, timing: { backoff: 5, answer: 400 }, ...options });

beforeEach(async () => {
  server = await WireServer.start();
  client = clientWith();
});
afterEach(() => server.kill());

describe('submit', () => {
  it('hands a task in under a key of its own', async () => {
    const first = await client.submit('text', { input: 'hi' }, { subject: 'lesson-7', priority: 'high' });
    const second = await client.submit('text', { input: 'hi' });

    expect(first).toMatchObject({ id: 't1', type: 'text', state: 'queued', subject: 'lesson-7' });
    expect(second.id).toBe('t2');
    const { body, headers } = server.requests[0]!;
    expect(JSON.parse(body)).toEqual({
      type: 'text',
      request: { input: 'hi' },
      subject: 'lesson-7',
      priority: 'high',
    });
    expect(headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(headers['idempotency-key']).not.toBe(server.requests[1]!.headers['idempotency-key']);
  });

  it('makes one task although the answer was lost on the way', async () => {
    let lost = 0;
    server.trouble = (request, response) => {
      if (lost++ > 1) return null;
      // The request arrives and is served; only its answer never leaves.
      if (lost === 1) response.end = () => response.destroy() as never;
      else request.socket.destroy();
      return lost === 1 ? null : 'handled';
    };

    expect((await client.submit('text', { input: 'once' })).id).toBe('t1');

    expect(server.tasks.size).toBe(1);
    expect(new Set(server.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(server.requests).toHaveLength(3);
  });

  it('waits as long as a busy server asks for', async () => {
    let refusals = 0;
    server.trouble = (_, response) =>
      refusals++ === 0 ? (problem(response, 429, 'quota-exceeded', { 'retry-after': '1' }), 'handled') : null;
    const before = performance.now();

    await client.submit('text', {});

    expect(performance.now() - before).toBeGreaterThan(990);
    expect(server.requests).toHaveLength(2);
  });

  it('does not wait for a server that asks for minutes', async () => {
    server.trouble = (_, response) => (
      problem(response, 503, 'unavailable', { 'retry-after': '300' }),
      'handled'
    );

    await expect(client.submit('text', {})).rejects.toMatchObject({ status: 503, retryAfter: 300_000 });
    expect(server.requests).toHaveLength(1);
  });

  it('asks for a wait, and says what a refusal brings along', async () => {
    await client.submit('text', {}, { wait: 30 });
    expect(server.requests[0]!.headers.prefer).toBe('wait=30');

    await expect(client.submit('unknown', {})).rejects.toMatchObject({
      name: 'HandoffError',
      type: 'urn:handoff:problem:unknown-task-type',
      status: 422,
      problem: { types: ['text'] },
    });
  });

  it('takes a key of the caller, which holds for one payload', async () => {
    const idempotencyKey = 'order 7';
    const { id } = await client.submit('text', { input: 'a' }, { idempotencyKey });

    expect((await client.submit('text', { input: 'a' }, { idempotencyKey })).id).toBe(id);
    await expect(client.submit('text', { input: 'b' }, { idempotencyKey })).rejects.toMatchObject({
      type: 'urn:handoff:problem:idempotency-mismatch',
    });
  });
});

describe('reading and changing tasks', () => {
  it('reads a task again only when it has changed', async () => {
    const task = server.add('t/1');

    const first = await client.get('t/1');
    expect(await client.get('t/1')).toBe(first);
    expect(server.requests[1]!.headers['if-none-match']).toBe('"1"');
    task.emit(started);
    expect(await client.get('t/1')).toMatchObject({ state: 'processing', lastEvent: 2 });
    expect(server.requests[0]!.call).toBe('GET /handoff/tasks/t%2F1');
  });

  it('reads the golden task as it is', async () => {
    server.trouble = (_, response) => (send(response, 200, golden), 'handled');

    expect(await client.get(golden.id)).toEqual(golden);
  });

  it('builds its error from the golden problem', async () => {
    server.trouble = (_, response) => (send(response, 404, notFound), 'handled');

    await expect(client.get('t1')).rejects.toMatchObject({
      name: 'HandoffError',
      type: 'urn:handoff:problem:task-not-found',
      status: 404,
      taskId: 't1',
      message: notFound.detail,
      problem: notFound,
    });
  });

  it('reads the bare result, and says when there is none yet', async () => {
    const task = server.add('t1');
    await expect(client.result('t1')).rejects.toMatchObject({
      type: 'urn:handoff:problem:not-finished',
      status: 409,
      retryAfter: 1_000,
    });

    task.emit(started, completed);
    expect(await client.result('t1')).toEqual({ response: 'x = 4' });
  });

  it('cancels, and retries what failed', async () => {
    server.add('t1');
    expect((await client.cancel('t1')).state).toBe('cancelled');
    await expect(client.retry('t1')).rejects.toMatchObject({ type: 'urn:handoff:problem:not-failed' });

    server.add('t2').emit(started, { type: 'taskFailed', error: { code: 'timeout', message: 'too long' } });
    expect((await client.retry('t2')).state).toBe('queued');
  });

  it('lists over all pages, as far as it is read', async () => {
    for (let number = 1; number <= 5; number += 1)
      server.add(undefined, { subject: number === 3 ? 'x' : null });
    const ids = async (listing: AsyncIterable<TaskSummary>, atMost = 9): Promise<string[]> => {
      const found: string[] = [];
      for await (const { id } of listing) if (found.push(id) === atMost) break;
      return found;
    };

    expect(await ids(client.list({ limit: 2 }))).toEqual(['t5', 't4', 't3', 't2', 't1']);
    expect(server.requests).toHaveLength(3);
    expect(await ids(client.list({ limit: 2 }), 2)).toEqual(['t5', 't4']);
    expect(server.requests).toHaveLength(4);
    expect(await ids(client.list({ subject: 'x' }))).toEqual(['t3']);
  });

  it('submits, reads and cancels a batch', async () => {
    const request = { input: 'hi' };
    const receipt = await client.submitBatch(
      [
        { type: 'text', request },
        { type: 'unknown', request },
      ],
      { mode: 'each' },
    );
    expect(receipt.tasks).toEqual([
      { id: 't1' },
      { problem: { type: 'urn:handoff:problem:unknown-task-type' } },
    ]);
    expect(server.requests[0]!.headers['idempotency-key']).toBeDefined();

    expect(await client.batch(receipt.id)).toMatchObject({
      total: 1,
      counts: { queued: 1 },
      finished: false,
    });
    expect(await client.cancelBatch(receipt.id)).toMatchObject({ counts: { cancelled: 1 }, finished: true });
  });
});

describe('every call', () => {
  it('carries the token, which is asked for each time', async () => {
    server.add('t1');
    const tokens = ['stale', goodToken];
    const renewing = clientWith({ token: async () => tokens.shift() ?? '' });

    await expect(renewing.get('t1')).rejects.toMatchObject({ status: 401 });
    expect((await renewing.get('t1')).id).toBe('t1');
    expect((await clientWith({ token: goodToken }).get('t1')).id).toBe('t1');
  });

  it('goes through the given fetch, to the given path', async () => {
    const calls: string[] = [];
    const own = createClient({
      path: '/api/v1',
      fetch: async (url, init) => {
        calls.push(`${init?.method} ${url} ${init?.credentials}`);
        return Response.json(golden);
      },
    });

    await own.cancel('t1');

    expect(calls).toEqual(['POST /api/v1/tasks/t1/cancel same-origin']);
  });

  it('fails with status 0 when no answer comes, and after a while when none ever does', async () => {
    server.trouble = () => 'handled';
    await expect(clientWith({ timing: { backoff: 1, answer: 20 } }).get('t1')).rejects.toMatchObject({
      name: 'HandoffError',
      type: 'urn:handoff:problem:unreachable',
      status: 0,
      taskId: 't1',
    });
    expect(server.requests).toHaveLength(4);

    await server.kill();
    await expect(client.get('t1')).rejects.toMatchObject({ status: 0 });
  });

  it('tells a page from an answer', async () => {
    server.trouble = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
      return 'handled';
    };
    await expect(client.get('t1')).rejects.toMatchObject({ type: 'urn:handoff:problem:unreadable' });

    server.trouble = (_, response) => (response.writeHead(500).end('<html>'), 'handled');
    await expect(client.get('t1')).rejects.toMatchObject({
      type: 'about:blank',
      status: 500,
      message: 'The server answered 500.',
    });
  });

  it('rejects with the reason of its signal', async () => {
    server.trouble = () => 'handled';
    const reason = new Error('left the page');
    const controller = new AbortController();
    const call = client.submit('text', {}, { signal: controller.signal });
    controller.abort(reason);

    await expect(call).rejects.toBe(reason);
    await expect(client.get('t1', { signal: controller.signal })).rejects.toBe(reason);
    await expect(client.follow('t1', { signal: controller.signal })).rejects.toBe(reason);
  });
});
