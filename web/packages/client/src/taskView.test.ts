import { describe, expect, it } from 'vitest';
import type { TaskEvent } from './event.ts';
import { type TaskView, applyEvent, unseenTask } from './taskView.ts';

const at = '2026-01-05T09:00:00Z';

function after(...events: TaskEvent[]): TaskView {
  return events.reduce(applyEvent, unseenTask());
}

const firstAttempt: TaskEvent[] = [
  { seq: 1, at, type: 'taskSubmitted', dueAt: at },
  { seq: 2, at, type: 'attemptStarted', attempt: 1 },
  { seq: 3, at, type: 'progressReported', percent: 40, message: 'Generating response…', step: 'generate' },
  { seq: 4, at, type: 'chunkEmitted', text: 'x = ' },
  { seq: 5, at, type: 'chunkEmitted', text: '4' },
];

describe('applyEvent', () => {
  it('appends chunks and keeps the last progress', () => {
    expect(after(...firstAttempt)).toMatchObject({
      state: 'processing',
      attempt: 1,
      text: 'x = 4',
      progress: { percent: 40, message: 'Generating response…', step: 'generate' },
      lastEvent: 5,
    });
  });

  it('clears text and progress of the former attempt when the next one starts', () => {
    const view = after(...firstAttempt, { seq: 6, at, type: 'attemptStarted', attempt: 2 });

    expect(view).toMatchObject({ attempt: 2, text: '', progress: { percent: 0, message: null, step: null } });
  });

  it('clears the text that a handler takes back, and keeps its progress', () => {
    const reset = after(...firstAttempt, { seq: 6, at, type: 'outputReset' });

    expect(reset).toMatchObject({ attempt: 1, text: '', progress: { percent: 40 }, lastEvent: 6 });
    expect(applyEvent(reset, { seq: 7, at, type: 'chunkEmitted', text: 'x = 2' }).text).toBe('x = 2');
  });

  it('ignores an event it has already applied', () => {
    const view = after(...firstAttempt);

    expect(applyEvent(view, firstAttempt[4]!)).toBe(view);
  });

  it('shows why and until when a task waits, until the next attempt starts', () => {
    const error = { code: 'rateLimited', message: 'The AI is busy, trying again shortly' };
    const waiting = after({ seq: 1, at, type: 'attemptFailed', attempt: 1, error, retryAt: at });
    const snoozed = after({ seq: 1, at, type: 'attemptSnoozed', until: at, message: error.message });

    expect(waiting).toMatchObject({
      state: 'queued',
      waiting: { reason: 'retry', message: error.message, until: at, gate: null },
    });
    expect(snoozed.waiting).toEqual({ reason: 'snooze', message: error.message, until: at, gate: null });
    expect(applyEvent(waiting, { seq: 2, at, type: 'attemptStarted', attempt: 2 }).waiting).toBeNull();
  });

  it('keeps a place in line as long as the state in which it was told', () => {
    const inLine = { ...after(), queue: { position: 3, of: 17 } };
    const event = { seq: 1, at, type: 'taskSubmitted', dueAt: at } as const;

    expect(applyEvent(inLine, event).queue).toEqual({ position: 3, of: 17 });
    expect(applyEvent(inLine, { seq: 1, at, type: 'attemptStarted', attempt: 1 }).queue).toBeNull();
  });

  it('forgets the failure of a task that is retried', () => {
    const error = { code: 'timeout', message: 'too long' };

    expect(
      after({ seq: 1, at, type: 'taskFailed', error }, { seq: 2, at, type: 'taskRetried', dueAt: at }),
    ).toMatchObject({ state: 'queued', error: null, waiting: null });
  });

  it('adds up the usage of all attempts', () => {
    const usage = { at, type: 'usageRecorded', model: 'm', inputTokens: 10, outputTokens: 5 } as const;

    expect(after({ seq: 1, ...usage }, { seq: 2, ...usage }).usage).toEqual({
      inputTokens: 20,
      outputTokens: 10,
    });
  });

  it('ends with a result, an error or a reason', () => {
    const error = { code: 'timeout', message: 'too long' };

    expect(after({ seq: 1, at, type: 'taskCompleted', result: { response: 'x = 4' } })).toMatchObject({
      state: 'completed',
      result: { response: 'x = 4' },
    });
    expect(after({ seq: 1, at, type: 'taskFailed', error })).toMatchObject({ state: 'failed', error });
    expect(
      after({ seq: 1, at, type: 'taskCancelled', reason: 'not in time', code: 'too-late' }).error,
    ).toEqual({ code: 'too-late', message: 'not in time' });
    expect(after({ seq: 1, at, type: 'taskCancelled', reason: 'by its owner' })).toMatchObject({
      state: 'cancelled',
      error: { code: 'cancelled', message: 'by its owner' },
    });
  });

  it('keeps the last 200 log lines', () => {
    const lines = Array.from({ length: 250 }, (_, index): TaskEvent => {
      return { seq: index + 1, at, type: 'lineLogged', level: 'info', text: `line ${index + 1}` };
    });

    const kept = after(...lines).lines;

    expect(kept).toHaveLength(200);
    expect(kept[0]?.text).toBe('line 51');
  });

  it('moves on past an event type it does not know', () => {
    const unknown = { seq: 6, at, type: 'somethingNew' } as unknown as TaskEvent;

    expect(after(...firstAttempt, unknown)).toEqual({ ...after(...firstAttempt), lastEvent: 6 });
  });
});
