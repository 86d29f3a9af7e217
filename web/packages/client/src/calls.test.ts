import { describe, expect, it } from 'vitest';
import notFound from '../../../../contract/golden/problem-task-not-found.json' with { type: 'json' };
import completed from '../../../../contract/golden/task-completed.json' with { type: 'json' };
import { cancelTask, getTask } from './calls.ts';
import { problem } from './fakeStreams.testing.ts';
import type { Fetch } from './http.ts';

const id = completed.id;

function answering(response: Response): { fetch: Fetch; calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    fetch: async (url, init) => {
      calls.push(`${init?.method} ${url}`);
      return response;
    },
  };
}

describe('task calls', () => {
  it('reads a task', async () => {
    const { fetch, calls } = answering(Response.json(completed));

    expect(await getTask(id, { fetch })).toEqual(completed);
    expect(calls).toEqual([`GET /api/v1/tasks/${id}`]);
  });

  it('cancels a task', async () => {
    const { fetch, calls } = answering(new Response(null, { status: 204 }));

    await cancelTask(id, { fetch });

    expect(calls).toEqual([`POST /api/v1/tasks/${id}/cancel`]);
  });

  it('builds its error from the problem body', async () => {
    const { fetch } = answering(problem(404, notFound));

    await expect(getTask(id, { fetch })).rejects.toMatchObject({
      name: 'HandoffError',
      type: 'urn:handoff:problem:task-not-found',
      status: 404,
      taskId: id,
      message: notFound.detail,
    });
  });

  it('says so when the body is not a problem', async () => {
    const { fetch } = answering(new Response('<html>', { status: 502 }));

    await expect(getTask(id, { fetch })).rejects.toMatchObject({
      status: 502,
      message: 'The server answered 502.',
    });
  });

  it('fails with status 0 when no answer comes', async () => {
    const fetch: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));

    await expect(getTask(id, { fetch })).rejects.toMatchObject({
      name: 'HandoffError',
      status: 0,
      taskId: id,
    });
  });

  it('leaves an abort by the caller as it is', async () => {
    const aborted = AbortSignal.abort();
    const fetch: Fetch = () => Promise.reject(aborted.reason);

    await expect(getTask(id, { fetch, signal: aborted })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
