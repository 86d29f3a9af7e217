import { createClient, isTerminal } from '@handoff/client';
import { ownFetch } from '../../session/browserSession.ts';
import { zonesApi } from './zonesApi.ts';

/** The server in the name of the person who is logged in. */
export const zonesServer = zonesApi(ownFetch);

const tasks = createClient({ fetch: ownFetch });

/** Ends the work on insights; a task that has ended already is no failure. */
export function stopInsights(taskId: string): void {
  tasks.cancel(taskId).catch(() => {});
}

/** Follows the work on insights; tells what it says of itself, and when it is over. */
export function followInsights(
  taskId: string,
  signal: AbortSignal,
  { onNote, onEnd }: { readonly onNote: (note: string | null) => void; readonly onEnd: () => void },
): void {
  tasks
    .follow(taskId, {
      signal,
      onChange: ({ task }) => {
        onNote(task.waiting?.message ?? task.progress.message);
        if (isTerminal(task.state)) onEnd();
      },
    })
    .catch(() => onNote(null));
}
