import { holdConnection } from '@handoff/client';
import type { Job } from './evaluationApi.ts';

/**
 * Opens the stream of changes to the open jobs of an evaluation, while the page is looked at. Returns what closes it. It
 * reconnects by itself.
 */
export function openClassStream(evaluation: number, onJob: (job: Job) => void): () => void {
  return holdConnection(() => {
    const stream = new EventSource(`/api/v1/team-evaluation/evaluations/${evaluation}/live`);
    stream.addEventListener('job', ({ data }: MessageEvent<string>) => onJob(JSON.parse(data) as Job));
    return () => stream.close();
  });
}
