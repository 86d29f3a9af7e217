import { createClient } from '@handoff/client';
import { ownFetch, plainFetch } from '../../session/browserSession.ts';
import { trainingApi } from './trainingApi.ts';

/** The server in the name of the person who is logged in. */
export const trainingServer = trainingApi(ownFetch);

/** The server for whoever has a link. */
export const sharedServer = trainingApi(plainFetch);

const tasks = createClient({ fetch: ownFetch });

/** Follows the work on a video, and tells of each change until the signal ends it. */
export function followVideo(taskId: string, signal: AbortSignal, onChange: () => void): void {
  tasks.follow(taskId, { signal, onChange }).catch(() => {
    // The polls go on.
  });
}
