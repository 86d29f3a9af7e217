import { ownFetch } from '../../session/browserSession.ts';
import { type Job, evaluationApi } from './evaluationApi.ts';

/** The server in the name of the person who is logged in. */
export const evaluationServer = evaluationApi(ownFetch);

/** Opens the stream of changes to the open jobs of an evaluation, and returns what closes it. It reconnects by itself. */
export function openClassStream(evaluation: number, onJob: (job: Job) => void): () => void {
  const stream = new EventSource(`/api/v1/team-evaluation/evaluations/${evaluation}/live`);
  stream.addEventListener('job', ({ data }: MessageEvent<string>) => onJob(JSON.parse(data) as Job));
  return () => stream.close();
}
