import { type Fetch, HandoffError } from '@handoff/client';

export type JsonRequest = {
  /** Default POST. */
  readonly method?: string;
  readonly json?: unknown;
  readonly form?: FormData;
  readonly signal?: AbortSignal | undefined;
};

/** Reads JSON from one of the systems' own endpoints. */
export async function getJson(fetch: Fetch, url: string, signal?: AbortSignal): Promise<unknown> {
  return bodyOf(await reach(fetch, url, { method: 'GET', ...(signal && { signal }) }));
}

/** Posts JSON or a form to one of the systems' own endpoints and reads the JSON answer. */
export function postJson(fetch: Fetch, url: string, request: JsonRequest = {}): Promise<unknown> {
  return sendJson(fetch, url, request);
}

/** The same by another method. */
export async function sendJson(fetch: Fetch, url: string, request: JsonRequest): Promise<unknown> {
  const { method = 'POST', json, form, signal } = request;
  const body = form ?? (json === undefined ? null : JSON.stringify(json));
  const headers: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' };
  return bodyOf(await reach(fetch, url, { method, headers, body, ...(signal && { signal }) }));
}

/** The string in a field; null when there is none. */
export function textIn(body: unknown, field: string): string | null {
  const value = fieldIn(body, field);
  return typeof value === 'string' ? value : null;
}

/** The value of a field of an untrusted body; undefined where there is none. */
export function fieldIn(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
}

/**
 * The error for an unsuccessful answer. The systems' endpoints give the reason in `error`, not in a problem body.
 */
export async function refusalOf(response: Response): Promise<HandoffError> {
  const body: unknown = await response.json().catch(() => null);
  const message =
    textIn(body, 'error') ??
    textIn(fieldIn(body, 'error'), 'message') ??
    textIn(body, 'detail') ??
    `The server answered ${response.status}.`;
  return new HandoffError(message, { type: textIn(body, 'type') ?? 'about:blank', status: response.status });
}

/** The server's reason; null when it could not be reached or its answer could not be read. */
export function refusalIn(error: unknown): string | null {
  return error instanceof HandoffError && error.status > 0 ? error.message : null;
}

async function reach(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new HandoffError('The server cannot be reached.', { cause });
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (!response.ok) throw await refusalOf(response);
  return response.status === 204 ? null : response.json();
}
