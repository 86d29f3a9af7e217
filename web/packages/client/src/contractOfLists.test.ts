import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTaskEvent } from './event.ts';
import type { Batch, BatchReceipt, Submission, TaskError, TaskSummary } from './task.ts';

const golden = new URL('../../../../contract/golden/', import.meta.url);

type KeysOf<T> = { readonly [K in keyof Required<T>]: true };

const submissionKeys = {
  type: true,
  request: true,
  priority: true,
  subject: true,
  startAt: true,
  startBefore: true,
} satisfies KeysOf<Submission>;

const summaryKeys = {
  id: true,
  type: true,
  state: true,
  progress: true,
  subject: true,
  createdAt: true,
  updatedAt: true,
  finishedAt: true,
  queue: true,
  lastEvent: true,
  error: true,
} satisfies KeysOf<TaskSummary>;

const errorKeys = { code: true, message: true } satisfies KeysOf<TaskError>;

const batchKeys = {
  id: true,
  createdAt: true,
  total: true,
  counts: true,
  finished: true,
  tasks: true,
} satisfies KeysOf<Batch>;

const countKeys = {
  queued: true,
  processing: true,
  completed: true,
  failed: true,
  cancelled: true,
  expired: true,
} satisfies KeysOf<Batch['counts']>;

const receiptKeys = { id: true, tasks: true } satisfies KeysOf<BatchReceipt>;

const sorted = (value: object): string[] => Object.keys(value).toSorted();

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, golden), 'utf8')) as T;
}

describe('the golden shapes of lists and batches', () => {
  it('a submit has exactly the fields of the type', () => {
    expect(sorted(read('submit.json'))).toEqual(sorted(submissionKeys));
  });

  it('a list has exactly the fields of the type', () => {
    const page = read<{ tasks: TaskSummary[]; next: string | null }>('tasks.json');

    expect(sorted(page)).toEqual(['next', 'tasks']);
    expect(page.tasks).not.toHaveLength(0);
    for (const task of page.tasks) {
      expect(sorted(task)).toEqual(sorted(summaryKeys));
      expect(sorted(task.error ?? errorKeys)).toEqual(sorted(errorKeys));
    }
  });

  it('what the stream of all tasks says has exactly the fields of the type', () => {
    expect(sorted(read<TaskSummary>('summary.json'))).toEqual(sorted(summaryKeys));
  });

  it('the frames of a live socket carry events and tasks in brief', () => {
    type Frame = { task?: string; event?: { seq: number }; all?: TaskSummary };
    const frames = read<{ server: Frame[] }>('live.json').server;
    const events = frames.flatMap((frame) => frame.event ?? []);
    const tasks = frames.flatMap((frame) => frame.all ?? []);

    expect(events).not.toHaveLength(0);
    for (const event of events) expect(parseTaskEvent(JSON.stringify(event))).toEqual(event);
    expect(tasks.map(sorted)).toEqual([sorted(summaryKeys)]);
  });

  it('events as JSON are events', () => {
    const page = read<{ events: unknown[]; last: number }>('events-page.json');

    expect(sorted(page)).toEqual(['events', 'last']);
    const events = page.events.map((event) => parseTaskEvent(JSON.stringify(event)));
    expect(events).toEqual(page.events);
    expect(events.at(-1)?.seq).toBe(page.last);
  });

  it('a page of another log says so', () => {
    const page = read<{ events: unknown[]; last: number; reset: boolean }>('events-page-reset.json');

    expect(sorted(page)).toEqual(['events', 'last', 'reset']);
    expect(page.reset).toBe(true);
  });

  it('a receipt has exactly the fields of the type', () => {
    const receipt = read<BatchReceipt>('batch-taken.json');

    expect(sorted(receipt)).toEqual(sorted(receiptKeys));
    expect(receipt.tasks.map(sorted)).toEqual([['id'], ['problem']]);
  });

  it('a batch has exactly the fields of the type', () => {
    const batch = read<Batch>('batch.json');

    expect(sorted(batch)).toEqual(sorted(batchKeys));
    expect(sorted(batch.counts)).toEqual(sorted(countKeys));
    for (const task of batch.tasks) expect(sorted(task)).toEqual(['id', 'state']);
  });
});
