import type { Fetch } from '@handoff/client';
import { HandoffError } from '@handoff/client';
import { fieldIn, textIn } from '../../session/json.ts';

export type Topic = { readonly id: number; readonly name: string; readonly subject: string };

export type Question = {
  readonly id: number;
  readonly topic_name: string;
  readonly subject: string;
  readonly question: string;
  readonly question_type: 'MCQ' | 'NVT';
  readonly option_a: string | null;
  readonly option_b: string | null;
  readonly option_c: string | null;
  readonly option_d: string | null;
};

export type SavedAnswer = {
  readonly question: number;
  readonly selected_answer: string | null;
  readonly text_answer: string | null;
  readonly marked_for_review: boolean;
  readonly visit_count: number;
};

export type Exam = {
  readonly session: {
    readonly id: number;
    readonly status: 'open' | 'incomplete' | 'completed';
    readonly start_time: string;
  };
  readonly questions: readonly Question[];
  readonly answers: readonly SavedAnswer[];
  readonly seconds_left: number;
};

/** A test in the list of all. */
export type ListedExam = {
  readonly id: number;
  readonly status: Exam['session']['status'];
  readonly start_time: string;
  /** In minutes. */
  readonly time_limit: number;
  readonly question_count: number;
};

/** A graded question with everything about it. */
export type ReviewedAnswer = {
  readonly question_id: number;
  readonly question: string;
  readonly question_type: 'MCQ' | 'NVT';
  readonly selected_answer: string | null;
  readonly text_answer: string | null;
  readonly correct_answer: string;
  /** Null for a question that was left out. */
  readonly is_correct: boolean | null;
  readonly explanation: string;
  readonly option_a: string | null;
  readonly option_b: string | null;
  readonly option_c: string | null;
  readonly option_d: string | null;
  readonly marked_for_review: boolean;
  readonly time_taken: number;
};

export type Results = {
  readonly session_id: number;
  readonly total_questions: number;
  readonly correct_answers: number;
  readonly incorrect_answers: number;
  readonly unanswered_questions: number;
  readonly detailed_answers: readonly ReviewedAnswer[];
};

export type InsightStatus = {
  readonly insights_generated: boolean;
  readonly total_subjects: number;
  readonly expected_subjects: readonly string[];
  readonly insights_failed?: boolean;
  readonly insights_task_id?: string;
};

export type TestSummary = {
  readonly id: number;
  readonly test_name: string;
  readonly end_time: string;
  readonly total_marks: number;
  readonly max_marks: number;
};

export type SubjectMarks = {
  readonly score: number;
  readonly correct: number;
  readonly incorrect: number;
  readonly unanswered: number;
  readonly marks: number;
  readonly max_marks: number;
};

export type ZoneInsight = {
  readonly subject: string;
  readonly steady_zone: readonly string[];
  readonly edge_zone: readonly string[];
  readonly focus_zone: readonly string[];
  readonly generated_by_ai: boolean;
};

export type Checkpoint = {
  readonly topic: string;
  readonly subtopic: string;
  readonly accuracy: number;
  readonly checklist: string;
  readonly action_plan: string;
  readonly citation: readonly number[];
};

export type TestInsights = {
  readonly test_info: {
    readonly id: number;
    readonly test_name: string;
    readonly total_marks: number;
    readonly max_marks: number;
    readonly percentage: number;
    readonly subject_marks: Readonly<Record<string, SubjectMarks>>;
  };
  readonly zone_insights: readonly ZoneInsight[];
  readonly checkpoints: readonly { readonly subject: string; readonly checkpoints: readonly Checkpoint[] }[];
};

/** Percentiles of a step's duration, in milliseconds. */
export type StepTime = { readonly p50_ms: number; readonly p95_ms: number };

export type InsightTimes = {
  readonly tests: number;
  readonly steps: Readonly<Partial<Record<'first_subject' | 'all_subjects', StepTime>>>;
};

export type ZonesConfig = {
  readonly poll_every_ms: number;
  readonly leave_after_ms: number;
  readonly linger_ms: number;
  readonly auto_submit_after_ms: number;
  readonly ai_provider: string;
};

/** The settings of the specification, used when the server's cannot be read. */
export const defaultConfig: ZonesConfig = {
  poll_every_ms: 1_500,
  leave_after_ms: 30_000,
  linger_ms: 1_500,
  auto_submit_after_ms: 10_000,
  ai_provider: '',
};

export type TestRequest = {
  readonly selected_topics: readonly number[];
  readonly selection_mode: 'question_count' | 'time_limit';
  readonly question_count?: number;
  readonly time_limit?: number;
};

/** The changed parts of an answer; what is left out stays as it is. */
export type AnswerChange = {
  readonly selected_answer?: string | null;
  readonly text_answer?: string | null;
  readonly marked_for_review?: boolean;
};

/** The calls of the pages. */
export type ZonesApi = {
  readonly config: (signal?: AbortSignal) => Promise<ZonesConfig>;
  readonly topics: (signal?: AbortSignal) => Promise<readonly Topic[]>;
  /** How many questions there are on each topic, by its id. */
  readonly counts: (signal?: AbortSignal) => Promise<Readonly<Record<string, number>>>;
  readonly exams: (signal?: AbortSignal) => Promise<readonly ListedExam[]>;
  readonly results: (id: number, signal?: AbortSignal) => Promise<Results>;
  readonly begin: (request: TestRequest) => Promise<number>;
  readonly exam: (id: number, signal?: AbortSignal) => Promise<Exam>;
  readonly answer: (id: number, question: number, change: AnswerChange) => Promise<void>;
  readonly logTime: (id: number, question: number, seconds: number) => Promise<void>;
  readonly submit: (id: number, start: Date, end: Date) => Promise<void>;
  /** Submits the insights of a test again that could not be made. */
  readonly remake: (id: number) => Promise<void>;
  /** Has the AI make again what rules made in its place; resolves with the task, if there is one. */
  readonly remakeWithAi: (id: number) => Promise<string | null>;
  readonly times: (signal?: AbortSignal) => Promise<InsightTimes>;
  readonly quit: (id: number) => Promise<void>;
  readonly status: (id: number, signal?: AbortSignal) => Promise<InsightStatus>;
  readonly tests: (signal?: AbortSignal) => Promise<readonly TestSummary[]>;
  readonly insights: (id: number, signal?: AbortSignal) => Promise<TestInsights>;
};

export function zonesApi(fetch: Fetch): ZonesApi {
  const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
    call<T>(fetch, path, { method: 'GET', ...(signal && { signal }) });
  const post = <T>(path: string, body: unknown): Promise<T> =>
    call<T>(fetch, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    config: (signal) => get('/api/zone-insights/config/', signal),
    topics: (signal) => get('/api/topics/', signal),
    counts: (signal) => get('/api/topics/counts/', signal),
    exams: (signal) => get('/api/test-sessions/', signal),
    results: (id, signal) => get(`/api/test-sessions/${id}/results/`, signal),
    begin: async (request) => (await post<{ readonly id: number }>('/api/test-sessions/', request)).id,
    exam: (id, signal) => get(`/api/test-sessions/${id}/`, signal),
    answer: (id, question, change) =>
      post('/api/test-answers/', { session_id: id, question_id: question, ...change }),
    logTime: (id, question, seconds) =>
      post('/api/time-tracking/log_time/', { session_id: id, question_id: question, time_spent: seconds }),
    submit: (id, start, end) =>
      post(`/api/test-sessions/${id}/submit/`, {
        clientStartTime: start.toISOString(),
        clientEndTime: end.toISOString(),
      }),
    remake: (id) => post(`/api/test-sessions/${id}/submit/`, {}),
    remakeWithAi: async (id) =>
      (await post<InsightStatus>(`/api/zone-insights/test/${id}/remake/`, {})).insights_task_id ?? null,
    times: (signal) => get('/api/zone-insights/analytics/', signal),
    quit: (id) => post(`/api/test-sessions/${id}/quit/`, {}),
    status: (id, signal) => get(`/api/zone-insights/status/${id}/`, signal),
    tests: async (signal) =>
      (await get<{ readonly tests: readonly TestSummary[] }>('/api/zone-insights/tests/', signal)).tests,
    insights: (id, signal) => get(`/api/zone-insights/test/${id}/`, signal),
  };
}

async function call<T>(fetch: Fetch, path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, { credentials: 'same-origin', ...init });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const words = textIn(fieldIn(body, 'error'), 'message') ?? textIn(body, 'message');
  throw new HandoffError(words ?? `The server answered ${response.status}.`, { status: response.status });
}
