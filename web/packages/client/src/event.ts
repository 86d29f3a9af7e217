import type { TaskError } from './task.ts';

type Numbered = { readonly seq: number; readonly at: string };

export type TaskSubmitted = Numbered & { readonly type: 'taskSubmitted'; readonly dueAt: string };
export type AttemptStarted = Numbered & { readonly type: 'attemptStarted'; readonly attempt: number };
export type ProgressReported = Numbered & {
  readonly type: 'progressReported';
  readonly percent: number;
  readonly message: string | null;
  readonly step: string | null;
};
export type LineLogged = Numbered & {
  readonly type: 'lineLogged';
  readonly level: string;
  readonly text: string;
};
export type ChunkEmitted = Numbered & { readonly type: 'chunkEmitted'; readonly text: string };
/** The chunks of this attempt so far are void. */
export type OutputReset = Numbered & { readonly type: 'outputReset' };
export type AttemptFailed = Numbered & {
  readonly type: 'attemptFailed';
  readonly attempt: number;
  readonly error: TaskError;
  readonly retryAt: string;
};
export type AttemptSnoozed = Numbered & {
  readonly type: 'attemptSnoozed';
  readonly until: string;
  readonly message: string;
};
export type TaskRescued = Numbered & {
  readonly type: 'taskRescued';
  readonly attempt: number;
  readonly dueAt: string;
};
export type TaskRetried = Numbered & { readonly type: 'taskRetried'; readonly dueAt: string };
export type UsageRecorded = Numbered & {
  readonly type: 'usageRecorded';
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
};
export type TaskCompleted = Numbered & { readonly type: 'taskCompleted'; readonly result: unknown };
export type TaskFailed = Numbered & { readonly type: 'taskFailed'; readonly error: TaskError };
export type TaskCancelled = Numbered & {
  readonly type: 'taskCancelled';
  readonly reason: string;
  /** `cancelled` on request, `too-late` past its `startBefore`, `replaced` by a newer submit. */
  readonly code?: string | undefined;
};

/** An event of a task. Events are numbered from 1 without gaps. */
export type TaskEvent =
  | TaskSubmitted
  | AttemptStarted
  | ProgressReported
  | LineLogged
  | ChunkEmitted
  | OutputReset
  | AttemptFailed
  | AttemptSnoozed
  | TaskRescued
  | TaskRetried
  | UsageRecorded
  | TaskCompleted
  | TaskFailed
  | TaskCancelled;

/** Parses the `data:` of a server-sent event; null for anything but a numbered event. */
export function parseTaskEvent(data: string): TaskEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    return isTaskEvent(value) ? value : null;
  } catch {
    return null;
  }
}

/** A newer server may send event types that this client does not know. They still count for `lastEvent`. */
export function isTaskEvent(value: unknown): value is TaskEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'seq' in value &&
    typeof value.seq === 'number' &&
    'type' in value &&
    typeof value.type === 'string'
  );
}
