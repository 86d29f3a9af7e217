import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ClassSession } from './classSession.ts';
import { job } from './evaluation.testing.ts';
import type { Job, JobStatus } from './evaluationApi.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const sanne = (status: JobStatus): Job => job(status, { job_id: 'sanne' });
const daan = (status: JobStatus): Job => job(status, { job_id: 'daan', student_id: 457 });

/** A server whose jobs stand as the test says, and what a session asks of it. */
function classroom(jobs: readonly Job[]) {
  const begun = Date.now();
  const room = { jobs, isAway: false, takes: 0, looks: [] as number[], streams: [] as Stream[] };
  type Stream = { readonly signal: AbortSignal; readonly tell: (told: Job) => void };
  const session = new ClassSession({
    every: 3_000,
    jobs: (signal) => {
      room.looks.push(Date.now() - begun);
      const { jobs: found, isAway } = room;
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        setTimeout(() => (isAway ? reject(new Error('away')) : resolve(found)), room.takes);
      });
    },
    follow: (signal, tell) => void room.streams.push({ signal, tell }),
  });
  return { session, room, statuses: () => session.snapshot().jobs?.map(({ status }) => status) };
}

it('looks every three seconds while a job is open, and then no more', async () => {
  const { session, room, statuses } = classroom([sanne('queued')]);
  void session.look();
  await vi.advanceTimersByTimeAsync(4_000);
  room.jobs = [sanne('completed')];
  await vi.advanceTimersByTimeAsync(20_000);

  expect(room.looks).toEqual([0, 3_000, 6_000]);
  expect(statuses()).toEqual(['completed']);
  expect(room.streams.map(({ signal }) => signal.aborted)).toEqual([true]);
});

it('shows at once what the live stream tells', async () => {
  const { session, room, statuses } = classroom([daan('queued'), sanne('queued')]);
  void session.look();
  await vi.advanceTimersByTimeAsync(100);
  room.streams[0]!.tell(sanne('processing'));

  expect(statuses()).toEqual(['queued', 'processing']);
  expect(room.looks).toEqual([0]);
  room.streams[0]!.tell(sanne('completed'));
  room.streams[0]!.tell(daan('failed'));
  expect(statuses()).toEqual(['failed', 'completed']);
  expect(room.streams[0]!.signal.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(room.looks).toEqual([0]);
});

it('does not take back what was told while a look was under way', async () => {
  const { session, room, statuses } = classroom([sanne('queued')]);
  void session.look();
  await vi.advanceTimersByTimeAsync(100);
  room.takes = 1_000;
  await vi.advanceTimersByTimeAsync(3_200);
  room.streams[0]!.tell(sanne('processing'));
  await vi.advanceTimersByTimeAsync(1_000);

  expect(room.looks).toEqual([0, 3_000]);
  expect(statuses()).toEqual(['processing']);
});

it('waits for a slow look, and looks again at once when asked', async () => {
  const { session, room } = classroom([sanne('queued')]);
  room.takes = 8_000;
  void session.look();
  await vi.advanceTimersByTimeAsync(8_000);
  await vi.advanceTimersByTimeAsync(8_000);
  expect(room.looks).toEqual([0, 11_000]);
  void session.look();

  expect(room.looks).toEqual([0, 11_000, 16_000]);
});

it('follows anew when there are other jobs', async () => {
  const { session, room } = classroom([sanne('queued')]);
  void session.look();
  await vi.advanceTimersByTimeAsync(100);
  room.jobs = [daan('queued'), sanne('processing')];
  void session.look();
  await vi.advanceTimersByTimeAsync(100);
  room.streams[0]!.tell(sanne('failed'));

  expect(room.streams.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  expect(session.snapshot().jobs?.[1]?.status).toBe('processing');
});

it('keeps what it knows when a look fails, and looks again', async () => {
  const { session, room, statuses } = classroom([sanne('completed')]);
  room.isAway = true;
  void session.look();
  await vi.advanceTimersByTimeAsync(100);
  expect(session.snapshot()).toEqual({ jobs: null, failed: true });
  room.isAway = false;
  await vi.advanceTimersByTimeAsync(20_000);

  expect(session.snapshot().failed).toBe(false);
  expect(statuses()).toEqual(['completed']);
  expect(room.looks).toEqual([0, 3_000]);
});

it('ends with the page', async () => {
  const { session, room } = classroom([sanne('queued')]);
  void session.look();
  await vi.advanceTimersByTimeAsync(100);
  session.close();
  await vi.advanceTimersByTimeAsync(20_000);

  expect(room.looks).toEqual([0]);
  expect(room.streams[0]!.signal.aborted).toBe(true);
});
