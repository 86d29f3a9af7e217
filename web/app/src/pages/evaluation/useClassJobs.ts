import { usePoll } from '@handoff/react';
import { isOpen } from './classJobs.ts';
import { openClassStream } from './classStream.ts';
import type { Job } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';

export type ClassJobs = {
  /** Newest first; null until they were read once. */
  readonly jobs: readonly Job[] | null;
  /** Whether they could not be read the last time. */
  readonly failed: boolean;
  readonly reload: () => void;
};

/** Polls the jobs of an evaluation while one of them is open. A stream beside the polls tells changes at once. */
export function useClassJobs(evaluation: number, every: number): ClassJobs {
  const { value, error, look } = usePoll<readonly Job[]>(evaluation, {
    read: (signal) => evaluationServer.jobs(evaluation, signal),
    isFinal: (jobs) => !jobs.some(isOpen),
    every,
    feed: {
      // The stream tells only of jobs that were open when it began.
      keyOf: (jobs) => (jobs.some(isOpen) ? jobs[0]!.job_id : null),
      open: (update) =>
        openClassStream(evaluation, (job) =>
          update((jobs) => jobs.map((known) => (known.job_id === job.job_id ? job : known))),
        ),
    },
  });
  return { jobs: value, failed: error !== null, reload: () => void look() };
}
