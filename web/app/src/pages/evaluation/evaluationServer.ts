import { createClient } from '@handoff/client';
import { ownFetch } from '../../session/browserSession.ts';
import { type Job, evaluationApi } from './evaluationApi.ts';

/** The server in the name of the person who is logged in. */
export const evaluationServer = evaluationApi(ownFetch);

const tasks = createClient({ fetch: ownFetch });

/** Follows the work on a summary live; calls back at every change. */
export function followSummary(taskId: string, signal: AbortSignal, onChange: () => void): void {
  tasks.follow(taskId, { signal, onChange }).catch(() => {
    // Polling goes on without it.
  });
}

/** Tells how the open jobs of an evaluation change. Comes back by itself after an interruption. */
export function followClass(evaluation: number, signal: AbortSignal, onJob: (job: Job) => void): void {
  const stream = new EventSource(`/api/v1/team-evaluation/evaluations/${evaluation}/live`);
  stream.addEventListener('job', ({ data }: MessageEvent<string>) => onJob(JSON.parse(data) as Job));
  signal.addEventListener('abort', () => stream.close(), { once: true });
}
