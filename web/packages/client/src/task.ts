import type { Problem } from './error.ts';

/** How far an attempt has come; `percent` never goes down within an attempt. */
export type Progress = {
  readonly percent: number;
  readonly message: string | null;
  readonly step: string | null;
};

/** Why a task is queued although it was already picked up once, and until when. */
export type Waiting = { readonly reason: string; readonly message: string; readonly until: string };

/** The last failure of a task, in words meant for the person who waits. */
export type TaskError = { readonly code: string; readonly message: string };

/** Tokens metered over all attempts. */
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

/** A task not taken yet, or waiting for its next attempt. */
export type QueuedTask = TaskFacts &
  Unfinished & { readonly state: 'queued'; readonly waiting: Waiting | null };

/** A task that a worker holds. */
export type ProcessingTask = TaskFacts &
  Unfinished & { readonly state: 'processing'; readonly waiting: null };

/** A task with a result, readable until `expiresAt`. */
export type CompletedTask<Result = unknown> = TaskFacts &
  Finished & { readonly state: 'completed'; readonly result: Result; readonly error: null };

/** A task that ended without a result. */
export type FailedTask = TaskFacts &
  Finished & { readonly state: 'failed'; readonly result: null; readonly error: TaskError };

/** A task that was stopped before it ended. */
export type CancelledTask = TaskFacts &
  Finished & { readonly state: 'cancelled'; readonly result: null; readonly error: TaskError | null };

/** The answer of `GET /api/v1/tasks/{id}`, by `state`. */
export type Task<Result = unknown> =
  QueuedTask | ProcessingTask | CompletedTask<Result> | FailedTask | CancelledTask;

/** Where a task is in its life. */
export type TaskState = Task['state'];

/** A task in a list: what is known of it but for its result. */
export type TaskSummary = Pick<
  TaskFacts,
  'id' | 'type' | 'progress' | 'subject' | 'createdAt' | 'updatedAt' | 'lastEvent'
> & { readonly state: TaskState; readonly finishedAt: string | null; readonly error: TaskError | null };

/** What can be said of a task when it is submitted, besides its request. */
export type Submission = {
  readonly type: string;
  readonly request: unknown;
  readonly priority?: Priority | undefined;
  readonly subject?: string | undefined;
  /** Not to be started before this instant. */
  readonly startAt?: string | undefined;
};

/** The answer to a batch: for each of its tasks, in order, the id it got or why it was refused. */
export type BatchReceipt = {
  readonly id: string;
  readonly tasks: readonly ({ readonly id: string } | { readonly problem: Problem })[];
};

/** How the tasks of a batch stand. */
export type Batch = {
  readonly id: string;
  readonly createdAt: string;
  readonly total: number;
  readonly counts: Readonly<Record<TaskState | 'expired', number>>;
  readonly finished: boolean;
  readonly tasks: readonly { readonly id: string; readonly state: TaskState | 'expired' }[];
};

/** Whether nothing will change any more in this state. */
export function isTerminal(state: TaskState): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled';
}
