import { createClient } from '@handoff/client';
import { ownFetch } from '../../session/browserSession.ts';
import { evaluationApi } from './evaluationApi.ts';

/** The server in the name of the person who is logged in. */
export const evaluationServer = evaluationApi(ownFetch);

const tasks = createClient({ fetch: ownFetch });

/** Follows the work on a summary live; calls back at every change. */
export function followSummary(taskId: string, signal: AbortSignal, onChange: () => void): void {
  tasks.follow(taskId, { signal, onChange }).catch(() => {
    // Polling goes on without it.
  });
}
