import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExamSession, submitFailed } from './examSession.ts';
import type { AnswerChange, Exam, Question } from './zonesApi.ts';

function question(id: number): Question {
  return {
    id,
    topic_name: 'Kinematics',
    subject: 'Physics',
    question: `Question ${id}`,
    question_type: 'MCQ',
    option_a: 'one',
    option_b: 'two',
    option_c: 'three',
    option_d: 'four',
  };
}

const exam: Exam = {
  session: { id: 41, status: 'open', start_time: '2026-01-01T10:00:00Z' },
  questions: [question(7), question(8)],
  answers: [
    { question: 7, selected_answer: 'C', text_answer: null, marked_for_review: false, visit_count: 1 },
    { question: 8, selected_answer: null, text_answer: null, marked_for_review: false, visit_count: 0 },
  ],
  seconds_left: 60,
};

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-01-01T10:05:00Z') }));
afterEach(() => void vi.useRealTimers());

type Sent = [number, AnswerChange];

function sitting(failing = { answer: false, submit: false }) {
  const sent: Sent[] = [];
  const times: [number, number][] = [];
  const submitted: [Date, Date][] = [];
  const wentOn: number[] = [];
  const session = new ExamSession(exam, {
    api: {
      answer: async (_id, at, change) => {
        if (failing.answer) throw new Error('offline');
        sent.push([at, change]);
      },
      logTime: async (_id, at, seconds) => void times.push([at, seconds]),
      submit: async (_id, start, end) => {
        if (failing.submit) throw new Error('offline');
        submitted.push([start, end]);
      },
      quit: async () => {},
    },
    now: () => Date.now(),
    autoSubmitAfter: 10_000,
    onSubmitted: (id) => void wentOn.push(id),
    onQuit: () => {},
  });
  session.open();
  return { session, sent, times, submitted, wentOn, failing };
}

describe('a test on its page', () => {
  it('begins with what was answered before', () => {
    const { session } = sitting();

    expect(session.snapshot().given[7]?.letter).toBe('C');
    expect(session.snapshot().given[8]?.visited).toBe(false);
  });

  it('saves what is chosen and the time spent', async () => {
    const { session, sent, times } = sitting();
    session.choose('A');
    await vi.advanceTimersByTimeAsync(12_000);
    session.goTo(1);
    session.mark();
    await vi.advanceTimersByTimeAsync(0);

    expect(sent).toEqual([
      [7, { selected_answer: 'A' }],
      [8, { marked_for_review: true }],
    ]);
    expect(times).toEqual([[7, 12]]);
    expect(session.snapshot().given[8]).toMatchObject({ marked: true, visited: true });
  });

  it('sends again with the submit what could not be saved', async () => {
    const { session, sent, submitted, wentOn, failing } = sitting({ answer: true, submit: false });
    session.choose('B');
    await vi.advanceTimersByTimeAsync(0);
    expect(session.snapshot().problem).toContain('could not be saved');
    failing.answer = false;
    await session.submit();

    expect(sent).toEqual([[7, { selected_answer: 'B' }]]);
    expect(submitted).toEqual([[new Date('2026-01-01T10:00:00Z'), new Date('2026-01-01T10:05:00Z')]]);
    expect(wentOn).toEqual([41]);
    expect(session.snapshot().phase).toBe('redirecting');
  });

  it('stays when the submit fails', async () => {
    const { session, wentOn } = sitting({ answer: false, submit: true });
    session.ask();
    await session.submit();

    expect(session.snapshot()).toMatchObject({ phase: 'answering', problem: submitFailed });
    expect(wentOn).toEqual([]);
  });

  it('is submitted by itself ten seconds after the time is over', async () => {
    const { session, wentOn } = sitting();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.snapshot().phase).toBe('timeOver');
    await vi.advanceTimersByTimeAsync(9_500);
    expect(wentOn).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);

    expect(wentOn).toEqual([41]);
  });
});
