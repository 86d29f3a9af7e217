import type { LineLogged, TaskEvent } from './event.ts';
import type { Progress, QueuePlace, Task, TaskError, TaskState, Usage, Waiting } from './task.ts';

/** A task as its events so far describe it. */
export type TaskView<Result = unknown> = {
  readonly state: TaskState;
  readonly attempt: number;
  readonly progress: Progress;
  /** The chunks of the current attempt since its last reset, joined. */
  readonly text: string;
  readonly lines: readonly LineLogged[];
  readonly waiting: Waiting | null;
  /** As it was last told; null where it is not known. */
  readonly queue: QueuePlace | null;
  /** Null until the task has completed. */
  readonly result: Result | null;
  readonly error: TaskError | null;
  readonly usage: Usage;
  readonly lastEvent: number;
};

/** Number of log lines that a view keeps, so that a verbose handler does not fill the page's memory. */
const linesKept = 200;

const noProgress: Progress = { percent: 0, message: null, step: null };

/** The view of a task before its first event, or before the first one after `lastEvent`. */
export function unseenTask(lastEvent = 0): TaskView {
  return {
    state: 'queued',
    attempt: 0,
    progress: noProgress,
    text: '',
    lines: [],
    waiting: null,
    queue: null,
    result: null,
    error: null,
    usage: { inputTokens: 0, outputTokens: 0 },
    lastEvent,
  };
}

/**
 * The view after one more event. An event that was applied before changes nothing, so a stream may be resumed at any
 * earlier point.
 */
export function applyEvent(view: TaskView, event: TaskEvent): TaskView {
  if (event.seq <= view.lastEvent) return view;
  const next = { ...view, ...changesOf(view, event), lastEvent: event.seq };
  // A place belongs to the state in which it was told.
  return next.state === view.state ? next : { ...next, queue: null };
}

/**
 * The view of a task that was polled: its current state, with the text and the number of the events received so far.
 * Missing events can still arrive.
 */
export function overlayTask(view: TaskView, task: Task): TaskView {
  const { state, attempt, progress, waiting, queue, result, error, usage } = task;
  return { ...view, state, attempt, progress, waiting, queue, result, error, usage };
}

function changesOf(view: TaskView, event: TaskEvent): Partial<TaskView> {
  switch (event.type) {
    case 'taskSubmitted':
      return { state: 'queued' };
    case 'attemptStarted':
      // The output of the attempt before is void.
      return { state: 'processing', attempt: event.attempt, waiting: null, text: '', progress: noProgress };
    case 'progressReported':
      return { progress: { percent: event.percent, message: event.message, step: event.step } };
    case 'lineLogged':
      return { lines: [...view.lines, event].slice(-linesKept) };
    case 'chunkEmitted':
      return { text: view.text + event.text };
    case 'outputReset':
      return { text: '' };
    case 'attemptFailed':
      return {
        state: 'queued',
        waiting: { reason: 'retry', message: event.error.message, until: event.retryAt, gate: null },
      };
    case 'attemptSnoozed':
      return {
        state: 'queued',
        waiting: { reason: 'snooze', message: event.message, until: event.until, gate: null },
      };
    case 'taskRescued':
      return { state: 'queued', waiting: null };
    case 'taskRetried':
      return { state: 'queued', error: null, waiting: null };
    case 'usageRecorded':
      return {
        usage: {
          inputTokens: view.usage.inputTokens + event.inputTokens,
          outputTokens: view.usage.outputTokens + event.outputTokens,
        },
      };
    case 'taskCompleted':
      return { state: 'completed', result: event.result, waiting: null };
    case 'taskFailed':
      return { state: 'failed', error: event.error, waiting: null };
    case 'taskCancelled':
      return {
        state: 'cancelled',
        error: { code: event.code ?? 'cancelled', message: event.reason },
        waiting: null,
      };
  }
}
