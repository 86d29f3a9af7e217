import { describe, expect, it } from 'vitest';
import { fakeStreams, problem, settle } from './fakeStreams.testing.ts';
import { TaskWatch, taskWatches } from './watch.ts';

const at = '2026-01-05T09:00:00Z';

describe('TaskWatch', () => {
  it('opens one connection for all watchers and closes it with the last', async () => {
    const { fetch, connections } = fakeStreams();
    const watch = new TaskWatch('t1', { fetch });
    const [leaveFirst, leaveSecond] = [watch.subscribe(() => {}), watch.subscribe(() => {})];
    await settle();
    expect(connections).toHaveLength(1);

    leaveFirst();
    expect(connections[0]!.signal?.aborted).toBe(false);
    leaveSecond();
    expect(connections[0]!.signal?.aborted).toBe(true);
  });

  it('tells its watchers and keeps a stable snapshot between changes', async () => {
    const { fetch, connections } = fakeStreams();
    const watch = new TaskWatch('t1', { fetch });
    let told = 0;
    watch.subscribe(() => (told += 1));
    await settle();
    await connections[0]!.send({ seq: 1, at, type: 'chunkEmitted', text: 'hello' });

    expect(watch.snapshot()).toMatchObject({ connection: 'live', task: { text: 'hello' }, error: null });
    expect(watch.snapshot()).toBe(watch.snapshot());
    expect(told).toBe(1);
  });

  it('shows why the server refuses', async () => {
    const { fetch } = fakeStreams(() => problem(404, { detail: 'No such task.' }));
    const watch = new TaskWatch('t1', { fetch });
    watch.subscribe(() => {});
    await settle();

    expect(watch.snapshot()).toMatchObject({
      connection: 'ended',
      error: { status: 404, message: 'No such task.' },
    });
  });

  it('is shared by id, and forgotten among many when nobody watches', () => {
    const watchOf = taskWatches({ fetch: fakeStreams().fetch });
    const watch = watchOf('t1');

    expect(watchOf('t1')).toBe(watch);
    for (let number = 2; number <= 102; number += 1) watchOf(`t${number}`);
    expect(watchOf('t1')).not.toBe(watch);
  });
});
