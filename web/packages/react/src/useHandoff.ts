import type { HandoffError, Progress, SubmitOptions, TaskError } from '@handoff/client';
import { useCallback, useContext, useEffect, useSyncExternalStore } from 'react';
import { currentTask } from './currentTask.ts';
import { HandoffContext } from './handoffContext.ts';
import { type UsedTask, useTask } from './useTask.ts';

export type HandoffOptions<Request> = {
  /** Keeps the tasks of several people or places apart, such as an account's or a document's id. */
  readonly scope?: string | undefined;
  /** Submits through a call of your own server, which answers the id of the task. By default `client.submit`. */
  readonly submit?: ((request: Request, signal: AbortSignal) => Promise<{ readonly id: string }>) | undefined;
};

export type UsedHandoff<Request, Result> = Omit<UsedTask<Result>, 'error'> & {
  /** The current task's id; null when there is none. */
  readonly id: string | null;
  /**
   * Submits a task and makes it the current one; a second call meanwhile is the same submit. Resolves with the task's
   * id, or with null when the server refused it: `error` then says why. Never rejects.
   */
  readonly submit: (request: Request, options?: Omit<SubmitOptions, 'signal'>) => Promise<string | null>;
  readonly progress: Progress | null;
  /** The chunks of the current attempt since its last reset, joined. */
  readonly text: string;
  readonly result: Result | null;
  /** Why there is no result: the server's refusal, or the task's own failure. */
  readonly error: HandoffError | TaskError | null;
  /** Forgets the current task, which goes on without this page. */
  readonly reset: () => void;
};

/**
 * One task of a type at a time: it is submitted, followed, and found again after a reload and in every tab of this
 * browser. Components with the same type and scope share the task.
 */
export function useHandoff<Request = unknown, Result = unknown>(
  type: string,
  { scope = '', submit: submitWith }: HandoffOptions<Request> = {},
): UsedHandoff<Request, Result> {
  const client = useContext(HandoffContext);
  const current = currentTask(type, scope);
  const { id, submitting, error } = useSyncExternalStore(
    current.subscribe,
    current.snapshot,
    current.serverSnapshot,
  );
  const used = useTask<Result>(id);

  // A task from another day may have expired: then there is none, which is no error.
  const isGone = used.error?.status === 404;
  useEffect(() => {
    if (isGone && id !== null) current.forget(id);
  }, [current, isGone, id]);

  const submit = useCallback(
    (request: Request, options?: Omit<SubmitOptions, 'signal'>) =>
      current.submit((signal) =>
        submitWith === undefined
          ? client.submit(type, request, { ...options, signal })
          : submitWith(request, signal),
      ),
    [client, current, type, submitWith],
  );
  const { task } = used;
  return {
    ...used,
    id,
    submit,
    status: submitting ? 'submitting' : used.status,
    progress: task?.progress ?? null,
    text: task?.text ?? '',
    result: task?.result ?? null,
    error: error ?? used.error ?? task?.error ?? null,
    reset: current.reset,
  };
}
