import type { QueuePlace, TaskView } from '@handoff/client';
import { englishPlace } from './placeWords.ts';
import type { TaskStatus } from './taskStatus.ts';

/** The texts of `TaskProgress`. Messages of the handler are shown in their place. */
export type ProgressWords = {
  readonly submitting: string;
  readonly connecting: string;
  readonly queued: string;
  /** Shown of a task that waits, where its place in line is known; empty to say nothing of it. */
  readonly place: (place: QueuePlace) => string;
  readonly waiting: string;
  readonly processing: string;
  readonly completed: string;
  readonly failed: string;
  readonly cancelled: string;
  readonly refused: string;
  readonly offline: string;
  readonly interrupted: string;
  readonly cancel: string;
  readonly retry: string;
  /** Shown when a cancel or a retry could not be sent. */
  readonly requestFailed: string;
};

export const englishWords: ProgressWords = {
  submitting: 'Sending…',
  connecting: 'Loading…',
  queued: 'Waiting for its turn',
  place: englishPlace,
  waiting: 'Trying again shortly',
  processing: 'Working…',
  completed: 'Done',
  failed: 'It did not work',
  cancelled: 'Cancelled',
  refused: 'This task cannot be shown',
  offline: 'You are offline. The work goes on; this page will catch up.',
  interrupted: 'Connection lost, reconnecting…',
  cancel: 'Cancel',
  retry: 'Try again',
  requestFailed: 'The server could not be told. Please try again.',
};

/** The text for a status: the handler's own message where there is one. */
export function wordsFor(status: TaskStatus, task: TaskView | null, words: ProgressWords): string {
  switch (status) {
    case 'idle':
      return '';
    case 'queued':
      return placeOf(task, words) || words.queued;
    case 'waiting':
      return [task?.waiting?.message || words.waiting, placeOf(task, words)].filter(Boolean).join(' · ');
    case 'processing':
      return task?.progress.message || words.processing;
    case 'failed': {
      const reason = task?.error?.message;
      return reason ? `${words.failed}: ${reason}` : words.failed;
    }
    default:
      return words[status];
  }
}

function placeOf(task: TaskView | null, words: ProgressWords): string {
  return task?.queue ? words.place(task.queue) : '';
}
