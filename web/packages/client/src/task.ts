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
export type CompletedTask = TaskFacts &
  Finished & { readonly state: 'completed'; readonly result: unknown; readonly error: null };

/** A task that ended without a result. */
export type FailedTask = TaskFacts &
  Finished & { readonly state: 'failed'; readonly result: null; readonly error: TaskError };

/** A task that was stopped before it ended. */
export type CancelledTask = TaskFacts &
  Finished & { readonly state: 'cancelled'; readonly result: null; readonly error: TaskError | null };

/** The answer of `GET /api/v1/tasks/{id}`, by `state`. */
export type Task = QueuedTask | ProcessingTask | CompletedTask | FailedTask | CancelledTask;

/** Where a task is in its life. */
export type TaskState = Task['state'];

/** Whether nothing will change any more in this state. */
export function isTerminal(state: TaskState): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled';
}
