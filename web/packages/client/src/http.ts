import { HandoffError, errorOf, unreachable } from './error.ts';

/** The function that carries requests; a page passes one that adds its credentials. */
export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** What every call takes: how to stop it, where the server is (default: this origin) and how to reach it. */
export type CallOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly baseUrl?: string | undefined;
  readonly fetch?: Fetch | undefined;
};

/** The address of a task's resource; the id is data and is escaped. */
export function taskUrl(id: string, { baseUrl = '' }: CallOptions, part = ''): string {
  return `${baseUrl.replace(/\/$/, '')}/api/v1/tasks/${encodeURIComponent(id)}${part}`;
}

/** Sends a request about a task; fails with a `HandoffError` unless the answer is a success. */
export async function callTask(
  id: string,
  url: string,
  init: RequestInit,
  options: CallOptions,
): Promise<Response> {
  const send: Fetch = options.fetch ?? ((input, requestInit) => fetch(input, requestInit));
  const response = await send(url, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    if (init.signal?.aborted || cause instanceof HandoffError) throw cause;
    throw unreachable(cause, id);
  });
  if (!response.ok) throw await errorOf(response, id);
  return response;
}
