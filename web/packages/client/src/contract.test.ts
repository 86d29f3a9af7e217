import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TaskEvent } from './event.ts';
import type { CompletedTask, FailedTask, ProcessingTask, QueuedTask, QueuePlace, Task } from './task.ts';
import { applyEvent, unseenTask } from './taskView.ts';

const golden = new URL('../../../../contract/golden/', import.meta.url);

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, golden), 'utf8'));
}

/** The keys of a type, which the compiler holds complete: a field renamed in the type breaks these lists. */
type KeysOf<T> = { readonly [K in keyof Required<T>]: true };

const taskKeys = {
  id: true,
  type: true,
  state: true,
  progress: true,
  attempt: true,
  maxAttempts: true,
  priority: true,
  subject: true,
  createdAt: true,
  startedAt: true,
  updatedAt: true,
  finishedAt: true,
  expiresAt: true,
  waiting: true,
  queue: true,
  result: true,
  error: true,
  usage: true,
  lastEvent: true,
} satisfies KeysOf<Task>;

const partKeys = {
  progress: { percent: true, message: true, step: true } satisfies KeysOf<Task['progress']>,
  usage: { inputTokens: true, outputTokens: true } satisfies KeysOf<Task['usage']>,
  waiting: { reason: true, message: true, until: true, gate: true } satisfies KeysOf<
    NonNullable<QueuedTask['waiting']>
  >,
  error: { code: true, message: true } satisfies KeysOf<FailedTask['error']>,
  queue: { position: true, of: true, startsIn: true, endsIn: true } satisfies KeysOf<QueuePlace>,
};

type EventKeys = {
  readonly [T in TaskEvent['type']]: KeysOf<Omit<Extract<TaskEvent, { type: T }>, 'seq' | 'at' | 'type'>>;
};

const eventKeys = {
  taskSubmitted: { dueAt: true },
  attemptStarted: { attempt: true },
  progressReported: { percent: true, message: true, step: true },
  lineLogged: { level: true, text: true },
  chunkEmitted: { text: true },
  outputReset: {},
  attemptFailed: { attempt: true, error: true, retryAt: true },
  attemptSnoozed: { until: true, message: true },
  taskRescued: { attempt: true, dueAt: true },
  taskRetried: { dueAt: true },
  usageRecorded: { model: true, inputTokens: true, outputTokens: true },
  taskCompleted: { result: true },
  taskFailed: { error: true },
  taskCancelled: { reason: true, code: true },
} satisfies EventKeys;

const sorted = (value: object): string[] => Object.keys(value).toSorted();

describe('the golden tasks', () => {
  const names = readdirSync(golden).filter((name) => name.startsWith('task-'));

  it('are all known here', () => {
    expect(names.toSorted()).toEqual([
      'task-completed.json',
      'task-failed.json',
      'task-processing.json',
      'task-queued-for-retry.json',
    ]);
  });

  it.each(names)('%s has exactly the fields of the type', (name) => {
    const task = read(name) as Task;

    expect(sorted(task)).toEqual(sorted(taskKeys));
    for (const part of ['progress', 'usage', 'waiting', 'error'] as const) {
      expect(sorted(task[part] ?? partKeys[part])).toEqual(sorted(partKeys[part]));
    }
  });

  it.each(['no-worker', 'gate'])('say what they wait for: %s', (reason) => {
    const file = reason === 'gate' ? 'queued-behind-gate.json' : 'queued-without-worker.json';
    const task = read(file) as QueuedTask;

    expect(sorted(task)).toEqual(sorted(taskKeys));
    expect(sorted(task.waiting ?? {})).toEqual(sorted(partKeys.waiting));
    expect(sorted(task.queue ?? {})).toEqual(reason === 'gate' ? sorted(partKeys.queue) : []);
    expect(task.waiting).toMatchObject({ reason, gate: reason === 'gate' ? 'provider:openai' : null });
  });

  it('have the types of their states', () => {
    // Copies of the golden values that only compile while the types allow them.
    const completed = { state: 'completed', error: null, waiting: null } satisfies Partial<CompletedTask>;
    const processing = {
      state: 'processing',
      result: null,
      finishedAt: null,
    } satisfies Partial<ProcessingTask>;
    const queued = {
      state: 'queued',
      waiting: {
        reason: 'retry',
        message: 'The AI is busy, trying again shortly',
        until: '2026-01-05T09:01:02Z',
        gate: null,
      },
    } satisfies Partial<QueuedTask>;
    const failed = { state: 'failed', result: null, priority: 'low' } satisfies Partial<FailedTask>;

    expect(read('task-completed.json')).toMatchObject(completed);
    expect(read('task-processing.json')).toMatchObject(processing);
    expect(read('task-queued-for-retry.json')).toMatchObject(queued);
    expect(read('task-failed.json')).toMatchObject(failed);
  });
});

describe('the golden events', () => {
  const agreed = read('events.json') as TaskEvent[];
  const reset = read('events-output-reset.json') as TaskEvent[];
  const events = [...agreed, ...reset];

  it('show every event type', () => {
    expect([...new Set(events.map((event) => event.type))].toSorted()).toEqual(sorted(eventKeys));
  });

  it.each(events)('$seq $type has exactly the fields of the type', (event) => {
    expect(sorted(event)).toEqual(['seq', 'at', 'type', ...Object.keys(eventKeys[event.type])].toSorted());
    expect(sorted('error' in event ? event.error : partKeys.error)).toEqual(sorted(partKeys.error));
  });

  it('lead the reducer to the golden result', () => {
    const life = agreed.filter(
      (event) => !['taskFailed', 'taskCancelled', 'taskRetried'].includes(event.type),
    );

    expect(life.reduce(applyEvent, unseenTask())).toMatchObject({
      state: 'completed',
      attempt: 3,
      text: '',
      result: { response: 'x = 4' },
      usage: { inputTokens: 11, outputTokens: 5 },
      lastEvent: 13,
    });
  });

  it('take back the text that was shown', () => {
    expect(reset.slice(0, 3).reduce(applyEvent, unseenTask()).text).toBe('Let me think: x = 5, no');
    expect(reset.slice(0, 4).reduce(applyEvent, unseenTask())).toMatchObject({
      state: 'processing',
      text: '',
    });
    expect(reset.reduce(applyEvent, unseenTask())).toMatchObject({ state: 'completed', text: 'x = 4' });
  });
});
