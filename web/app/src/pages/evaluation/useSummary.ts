import { HandoffError } from '@handoff/client';
import { usePoll } from '@handoff/react';
import { useCallback, useEffect, useState } from 'react';
import { useLoad } from '../../state/useLoad.ts';
import { isOpen } from './classJobs.ts';
import type { Job } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';
import { type SummaryState, refusedState, summaryStateOf } from './summaryState.ts';

type SummaryOptions = { readonly evaluation: number; readonly student: number; readonly every: number };

/** Requests a pupil's summary, and polls its job until it ends. Another pupil or evaluation begins anew. */
export function useSummary({ evaluation, student, every }: SummaryOptions): {
  readonly state: SummaryState;
  readonly again: () => void;
} {
  const [queue, setQueue] = useState<((signal: AbortSignal) => Promise<Job>) | null>(null);
  const request = useCallback(
    // oxlint-disable-next-line react/set-state-in-effect -- The page is shown as a concept before the first request.
    () => setQueue(() => (signal: AbortSignal) => evaluationServer.queue(evaluation, student, signal)),
    [evaluation, student],
  );
  useEffect(request, [request]);
  const { load } = useLoad(queue);
  const queued = load.name === 'loaded' ? load.value : null;
  const { value: polled } = usePoll<Job>(queued !== null && isOpen(queued) ? queued : null, {
    read: (signal) => readJob(queued!, signal),
    isFinal: (job) => !isOpen(job),
    every,
    taskId: (job) => (job ?? queued)?.task_id,
  });
  const job = polled ?? queued;
  return { state: stateOf(), again: request };

  function stateOf(): SummaryState {
    if (queue === null) return { name: 'concept' };
    if (load.name === 'failed') return refusedState(load.error);
    return job === null ? { name: 'loading' } : summaryStateOf(job);
  }
}

/** A job that the server no longer knows has failed; other errors are repeated. */
async function readJob(job: Job, signal: AbortSignal): Promise<Job> {
  try {
    return await evaluationServer.status(job.job_id, signal);
  } catch (error) {
    if (!(error instanceof HandoffError) || error.status !== 404) throw error;
    return { ...job, status: 'failed', error_message: null };
  }
}
