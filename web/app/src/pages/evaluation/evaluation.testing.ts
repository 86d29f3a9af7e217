import type { Job, JobStatus } from './evaluationApi.ts';

/** A job of pupil 456. */
export function job(status: JobStatus, more: Partial<Job> = {}): Job {
  return {
    job_id: 'summary-123-456-1',
    status,
    student_id: 456,
    created_at: '2026-01-01T12:00:00',
    started_at: null,
    completed_at: null,
    result: null,
    error_message: null,
    progress: 0,
    task_id: 'task',
    edited: false,
    released_at: null,
    ...more,
  };
}

/** A completed job. */
export const done = job('completed', {
  result: { summary_text: 'Je plant goed.', generation_method: 'ai', feedback_count: 5 },
});
