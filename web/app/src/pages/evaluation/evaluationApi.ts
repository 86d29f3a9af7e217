import { type Fetch, HandoffError } from '@handoff/client';
import { textIn } from '../../session/json.ts';

export type JobStatus = 'queued' | 'processing' | 'completed' | 'failed' | 'cancelled';

export type Job = {
  readonly job_id: string;
  readonly status: JobStatus;
  readonly student_id: number;
  /** UTC without an offset; like the other times. */
  readonly created_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly result: {
    readonly summary_text: string;
    readonly generation_method: 'ai' | 'fallback' | 'empty' | 'held';
    readonly feedback_count: number;
  } | null;
  readonly error_message: string | null;
  readonly progress: number;
  readonly task_id: string | null;
  /** Whether a teacher changed the text. */
  readonly edited: boolean;
  readonly released_at: string | null;
};

export type Me = {
  readonly id: number;
  readonly name: string;
  readonly role: 'student' | 'teacher' | 'admin';
};

export type Evaluation = {
  readonly id: number;
  readonly title: string;
  readonly status: 'draft' | 'open' | 'closed';
  readonly deadline: string | null;
};

export type Student = {
  readonly id: number;
  readonly name: string;
  readonly class_name: string | null;
  readonly team_number: number | null;
};

export type Detail = {
  readonly me: Me;
  readonly evaluation: Evaluation;
  readonly students: readonly Student[];
  readonly poll_every_ms: number;
  /** Whether pupils see a summary only after a teacher released it. */
  readonly release_first: boolean;
};

export type Category = { readonly name: string; readonly average: number | null; readonly best: number };

export type Overview = {
  readonly evaluation: Evaluation;
  readonly student_id: number;
  readonly teacher_remark: string | null;
  readonly correction_factor: number | null;
  readonly categories: readonly Category[];
  readonly teammates: readonly string[];
  readonly poll_every_ms: number;
};

export type Batch = {
  readonly queued: number;
  readonly already_queued: number;
  readonly already_exists: number;
  readonly failed: number;
};

export type Receivers = {
  /** To which messages may go; empty for every public address. */
  readonly hosts: readonly string[];
  readonly secret: string;
  /** Until when the secret before signs along; null when none does. */
  readonly old_secret_until: string | null;
};

/** The calls of the pages. */
export type EvaluationApi = {
  readonly evaluations: (
    signal?: AbortSignal,
  ) => Promise<{ readonly me: Me; readonly evaluations: readonly Evaluation[] }>;
  readonly detail: (evaluation: number, signal?: AbortSignal) => Promise<Detail>;
  readonly overview: (evaluation: number, student: number, signal?: AbortSignal) => Promise<Overview>;
  readonly queue: (evaluation: number, student: number, signal?: AbortSignal) => Promise<Job>;
  readonly status: (job: string, signal?: AbortSignal) => Promise<Job>;
  readonly jobs: (evaluation: number, signal?: AbortSignal) => Promise<readonly Job[]>;
  /** Has a summary made although the feedback is the same as before. */
  readonly queueAnew: (evaluation: number, student: number) => Promise<Job>;
  readonly cancel: (job: string) => Promise<void>;
  readonly queueAll: (evaluation: number, students: readonly number[], anew?: boolean) => Promise<Batch>;
  readonly close: (evaluation: number) => Promise<{ readonly queued: number }>;
  readonly edit: (evaluation: number, student: number, text: string) => Promise<void>;
  /** Lets these pupils read their summaries, or takes that back. */
  readonly release: (evaluation: number, students: readonly number[], released: boolean) => Promise<number>;
  readonly setReleaseFirst: (first: boolean) => Promise<void>;
  readonly receivers: (signal?: AbortSignal) => Promise<Receivers>;
  readonly allowReceivers: (hosts: readonly string[]) => Promise<Receivers>;
  /** Makes another secret. */
  readonly renewSecret: () => Promise<void>;
};

const summaries = '/api/v1/feedback-summaries';
const school = '/api/v1/team-evaluation';
const evaluations = `${school}/evaluations`;

export function evaluationApi(fetch: Fetch): EvaluationApi {
  const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
    call<T>(fetch, path, { method: 'GET', ...(signal && { signal }) });
  const send = <T>(method: 'POST' | 'PUT', path: string, body: unknown, signal?: AbortSignal): Promise<T> =>
    call<T>(fetch, path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
  const post = <T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> =>
    send<T>('POST', path, body, signal);
  return {
    evaluations: (signal) => get(evaluations, signal),
    detail: (id, signal) => get(`${evaluations}/${id}`, signal),
    overview: (id, student, signal) => get(`${evaluations}/${id}/students/${student}/overview`, signal),
    queue: (id, student, signal) =>
      post(`${summaries}/evaluation/${id}/student/${student}/queue`, {}, signal),
    status: (job, signal) => get(`${summaries}/jobs/${encodeURIComponent(job)}/status`, signal),
    jobs: async (id, signal) =>
      (await get<{ readonly jobs: readonly Job[] }>(`${summaries}/evaluation/${id}/jobs`, signal)).jobs,
    queueAnew: (id, student) =>
      post(`${summaries}/evaluation/${id}/student/${student}/queue`, { anew: true }),
    cancel: async (job) => void (await post(`${summaries}/jobs/${encodeURIComponent(job)}/cancel`, {})),
    queueAll: (id, students, anew = false) =>
      post(`${summaries}/evaluation/${id}/batch-queue`, { student_ids: students, ...(anew && { anew }) }),
    close: (id) => post(`${evaluations}/${id}/close`, {}),
    edit: async (id, student, text) =>
      void (await send('PUT', `${evaluations}/${id}/students/${student}/summary`, { text })),
    release: async (id, students, released) =>
      (
        await post<{ readonly changed: number }>(`${evaluations}/${id}/release`, {
          student_ids: students,
          released,
        })
      ).changed,
    setReleaseFirst: async (first) =>
      void (await send('PUT', `${school}/release-rule`, { release_first: first })),
    receivers: (signal) => get(`${school}/receivers`, signal),
    allowReceivers: (hosts) => send('PUT', `${school}/receivers`, { hosts }),
    renewSecret: async () => void (await post(`${school}/receivers/secret`, {})),
  };
}

async function call<T>(fetch: Fetch, path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, { credentials: 'same-origin', ...init });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  throw new HandoffError(textIn(body, 'detail') ?? '', { status: response.status });
}
