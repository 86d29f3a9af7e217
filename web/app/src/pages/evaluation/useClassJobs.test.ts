// @vitest-environment happy-dom
import { act, cleanup } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderWithTasks, seconds } from '../../tasks.testing.tsx';
import { job } from './evaluation.testing.ts';
import type { Job, JobStatus } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';
import { useClassJobs } from './useClassJobs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const sanne = (status: JobStatus): Job => job(status, { job_id: 'sanne' });
const daan = (status: JobStatus): Job => job(status, { job_id: 'daan', student_id: 457 });

/** The stream of a class, which a test tells. */
class FakeStream {
  static opened: FakeStream[] = [];
  isOpen = true;
  #tell: (event: { readonly data: string }) => void = () => {};

  constructor() {
    FakeStream.opened.push(this);
  }

  addEventListener(_type: 'job', listener: (event: { readonly data: string }) => void): void {
    this.#tell = listener;
  }

  tell(told: Job): void {
    act(() => this.#tell({ data: JSON.stringify(told) }));
  }

  close(): void {
    this.isOpen = false;
  }
}

/** A class whose jobs are what the test says. */
function classroom(jobs: readonly Job[], { takes = 0, isAway = false } = {}) {
  const begun = Date.now();
  FakeStream.opened = [];
  const server = { jobs, isAway, takes, looks: [] as number[], streams: FakeStream.opened };
  vi.stubGlobal('EventSource', FakeStream);
  vi.spyOn(evaluationServer, 'jobs').mockImplementation((_evaluation, signal) => {
    server.looks.push(Date.now() - begun);
    const { jobs: found, isAway: away } = server;
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      setTimeout(() => (away ? reject(new Error('away')) : resolve(found)), server.takes);
    });
  });
  const rendered = renderWithTasks(() => useClassJobs(123, 3_000));
  const statuses = () => rendered.now().jobs?.map(({ status }) => status);
  const reload = (): void => act(() => rendered.now().reload());
  return { server, statuses, ...rendered, reload };
}

it('looks every three seconds while a job is open, and then no more', async () => {
  const { server, statuses } = classroom([sanne('queued')]);
  await seconds(4);
  server.jobs = [sanne('completed')];
  await seconds(20);

  expect(server.looks).toEqual([0, 3_000, 6_000]);
  expect(statuses()).toEqual(['completed']);
  expect(server.streams.map(({ isOpen }) => isOpen)).toEqual([false]);
});

it('shows at once what the live stream tells', async () => {
  const { server, statuses } = classroom([daan('queued'), sanne('queued')]);
  await seconds(0.1);
  server.streams[0]!.tell(sanne('processing'));

  expect(statuses()).toEqual(['queued', 'processing']);
  expect(server.looks).toEqual([0]);
  server.streams[0]!.tell(sanne('completed'));
  server.streams[0]!.tell(daan('failed'));
  expect(statuses()).toEqual(['failed', 'completed']);
  expect(server.streams[0]!.isOpen).toBe(false);
  await seconds(20);
  expect(server.looks).toEqual([0]);
});

it('does not take back what was told while a look was under way', async () => {
  const { server, statuses } = classroom([sanne('queued')]);
  await seconds(0.1);
  server.takes = 1_000;
  await seconds(3.2);
  server.streams[0]!.tell(sanne('processing'));
  await seconds(1);

  expect(server.looks).toEqual([0, 3_000]);
  expect(statuses()).toEqual(['processing']);
});

it('waits for a slow look, and looks again at once when asked', async () => {
  const { server, reload } = classroom([sanne('queued')], { takes: 8_000 });
  await seconds(16);
  expect(server.looks).toEqual([0, 9_000]);
  reload();

  expect(server.looks).toEqual([0, 9_000, 16_000]);
});

it('follows anew when there are other jobs', async () => {
  const { server, reload, now } = classroom([sanne('queued')]);
  await seconds(0.1);
  server.jobs = [daan('queued'), sanne('processing')];
  reload();
  await seconds(0.1);
  server.streams[0]!.tell(sanne('failed'));

  expect(server.streams.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  expect(now().jobs?.[1]?.status).toBe('processing');
});

it('keeps what it knows when a look fails, and looks again', async () => {
  const { server, statuses, now } = classroom([sanne('completed')], { isAway: true });
  await seconds(0.1);
  expect(now()).toMatchObject({ jobs: null, failed: true });
  server.isAway = false;
  await seconds(20);

  expect(now().failed).toBe(false);
  expect(statuses()).toEqual(['completed']);
  expect(server.looks).toEqual([0, 3_000]);
});

it('ends with the page', async () => {
  const { server, unmount } = classroom([sanne('queued')]);
  await seconds(0.1);
  unmount();
  await seconds(20);

  expect(server.looks).toEqual([0]);
  expect(server.streams[0]!.isOpen).toBe(false);
});
