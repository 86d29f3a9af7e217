import type { Problem } from './error.ts';

/** The progress of an attempt. `percent` never decreases within an attempt. */
export type Progress = {
  readonly percent: number;
  readonly message: string | null;
  readonly step: string | null;
};

/**
 * Why a task is queued although it had started, and until when: `retry` or `snooze`. Or `no-worker`: the task is due
 * since `until`, and no node runs its type. Or `gate`: it waits for this gate, until it has room; `until` is null while
 * its places are taken.
 */
export type Waiting = {
  readonly reason: string;
  readonly message: string;
  readonly until: string | null;
  readonly gate: string | null;
};

/** Seconds, to one decimal: half of all cases take no longer than `p50`, nine of ten no longer than `p90`. */
export type Estimate = { readonly p50: number; readonly p90: number };

/**
 * Where a task stands in its line: of a waiting one its position, from 1, and when it is likely to start and end, where
 * the line moves; of a running one `endsIn` alone.
 */
export type QueuePlace = {
  readonly position?: number;
  readonly of?: number;
  readonly startsIn?: Estimate;
  readonly endsIn?: Estimate;
};

/** The last failure of a task. The message is meant for users. */
export type TaskError = { readonly code: string; readonly message: string };

/** AI tokens of all attempts. */
export type Usage = { readonly inputTokens: number; readonly outputTokens: number };

/** Which tasks are taken first. */
export type Priority = 'low' | 'normal' | 'high';

type TaskFacts = {
  readonly id: string;
  readonly type: string;
  readonly progress: Progress;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly priority: Priority;
  readonly subject: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly updatedAt: string;
  /** Null where it is not known: until 20 tasks of the type have completed, and once it has ended. */
  readonly queue: QueuePlace | null;
  readonly usage: Usage;
  readonly lastEvent: number;
};

type Unfinished = {
  readonly finishedAt: null;
  readonly expiresAt: null;
  readonly result: null;
  readonly error: null;
};

type Finished = { readonly finishedAt: string; readonly expiresAt: string; readonly waiting: null };

/** A task that waits for its first or its next attempt. */
export type QueuedTask = TaskFacts &
  Unfinished & { readonly state: 'queued'; readonly waiting: Waiting | null };

/** A task that a worker is processing. */
export type ProcessingTask = TaskFacts &
  Unfinished & { readonly state: 'processing'; readonly waiting: null };

/** A task with a result, readable until `expiresAt`. */
export type CompletedTask<Result = unknown> = TaskFacts &
  Finished & { readonly state: 'completed'; readonly result: Result; readonly error: null };

/** A task that ended without a result. */
export type FailedTask = TaskFacts &
  Finished & { readonly state: 'failed'; readonly result: null; readonly error: TaskError };

/** A task that was cancelled before it ended. */
export type CancelledTask = TaskFacts &
  Finished & { readonly state: 'cancelled'; readonly result: null; readonly error: TaskError | null };

/** The answer of `GET /handoff/tasks/{id}`, by `state`. */
export type Task<Result = unknown> =
  QueuedTask | ProcessingTask | CompletedTask<Result> | FailedTask | CancelledTask;

export type TaskState = Task['state'];

/** A task in a list; without its result. */
export type TaskSummary = Pick<
  TaskFacts,
  'id' | 'type' | 'progress' | 'subject' | 'createdAt' | 'updatedAt' | 'queue' | 'lastEvent'
> & { readonly state: TaskState; readonly finishedAt: string | null; readonly error: TaskError | null };

/** A task of a batch. */
export type Submission = {
  readonly type: string;
  readonly request: unknown;
  readonly priority?: Priority | undefined;
  readonly subject?: string | undefined;
  /** The task does not start before this instant (ISO 8601). */
  readonly startAt?: string | undefined;
  /** The task is cancelled, with the code `too-late`, if it has not started before this instant (ISO 8601). */
  readonly startBefore?: string | undefined;
};

/** The answer to a batch: for each task, in order, its id or why it was refused. */
export type BatchReceipt = {
  readonly id: string;
  readonly tasks: readonly ({ readonly id: string } | { readonly problem: Problem })[];
};

/** The states of a batch's tasks. */
export type Batch = {
  readonly id: string;
  readonly createdAt: string;
  readonly total: number;
  readonly counts: Readonly<Record<TaskState | 'expired', number>>;
  readonly finished: boolean;
  readonly tasks: readonly { readonly id: string; readonly state: TaskState | 'expired' }[];
};

/** Whether a task in this state has ended. A failed task can still be retried. */
export function isTerminal(state: TaskState): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled';
}
