import type { Batch, Job, JobStatus, Student } from './evaluationApi.ts';

/** Filters of the class by the state of the newest summary. */
export const filters = [
  { name: 'all', words: 'Alle' },
  { name: 'queued', words: 'In wachtrij' },
  { name: 'processing', words: 'Genereren...' },
  { name: 'completed', words: 'Gereed' },
  { name: 'failed', words: 'Mislukt' },
  { name: 'basic', words: 'Basis' },
] as const;

export type Filter = (typeof filters)[number]['name'];

/** The newest job of each pupil; the list has the newest first. */
export function newestOf(jobs: readonly Job[]): ReadonlyMap<number, Job> {
  const newest = new Map<number, Job>();
  for (const job of jobs) if (!newest.has(job.student_id)) newest.set(job.student_id, job);
  return newest;
}

export function passes(filter: Filter, job: Job | undefined): boolean {
  return filter === 'all' || (filter === 'basic' ? isBasic(job) : job?.status === filter);
}

/** Whether rules stood in for the AI. */
export function isBasic(job: Job | undefined): boolean {
  return job?.status === 'completed' && job.result?.generation_method === 'fallback';
}

/** Whether there is a summary that a teacher can release. */
export function isReleasable(job: Job | undefined): job is Job {
  return job?.status === 'completed' && job.result !== null && job.result.generation_method !== 'empty';
}

/** How far the class is, in one sentence; null before anything was asked for. */
export function standingOf(students: readonly Student[], newest: ReadonlyMap<number, Job>): string | null {
  if (newest.size === 0) return null;
  const ready = students.filter(({ id }) => newest.get(id)?.status === 'completed').length;
  return `${ready} van ${students.length} gereed`;
}

const open: readonly JobStatus[] = ['queued', 'processing'];

export function isOpen(job: Job): boolean {
  return open.includes(job.status);
}

/** The totals of a batch in one line. */
export function totalsOf({ queued, already_queued, already_exists, failed }: Batch): string {
  return `${queued} in wachtrij gezet, ${already_queued + already_exists} stonden er al, ${failed} mislukt`;
}

const methods = { ai: 'AI', fallback: 'Basis', empty: 'Geen feedback', held: '-' } as const;

export function methodOf(job: Job | undefined): string {
  const method = job?.result?.generation_method;
  return method === undefined ? '-' : methods[method];
}

/** Formats a time in the reader's time zone. */
export function timeOf(time: string | null | undefined): string {
  if (time === null || time === undefined) return '-';
  return new Date(`${time}Z`).toLocaleString('nl-NL', {
    day: '2-digit',
    month: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}
