import { HandoffError, errorOf, isPassing, unreachable, unreadable } from './error.ts';
import { type Timing, type Watchdog, backoff, defaultTiming, pause, watchdog } from './timing.ts';

/** The function that sends requests. An application may pass one that adds its own credentials. */
export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** Where the server is and how to reach it. Without options: the page's own origin, with its cookies. */
export type ClientOptions = {
  /** The server's origin, such as `https://tasks.example`; by default the page's own. */
  readonly baseUrl?: string | undefined;
  /** The path of the API on the server (`handoff.api.path`); default `/handoff`. Handoff's own server has `/api/v1`. */
  readonly path?: string | undefined;
  /**
   * An access token, API key or task token. A function is called before every request, so it may renew the token.
   */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  readonly fetch?: Fetch | undefined;
  /**
   * The readable cookie whose value is sent in a header of every POST; default `csrftoken`, `X-CSRFToken`.
   */
  readonly csrf?: { readonly cookie: string; readonly header: string } | undefined;
  readonly timing?: Partial<Timing> | undefined;
  /**
   * How many connections all tabs of a browser together hold open to the server; default 3. Over HTTP/1.1 a browser
   * opens six, and ordinary calls need the others. More are of use over HTTP/2.
   */
  readonly connections?: number | undefined;
  /**
   * Whether tabs with the same credentials share one connection to a task. By default they do, unless `fetch` is given:
   * it may add credentials that the client does not know. `shared` says that it adds none but the browser's cookies.
   */
  readonly tabs?: 'shared' | 'alone' | undefined;
};

/** The options of every call. Aborting rejects the call with the signal's reason. */
export type CallOptions = { readonly signal?: AbortSignal | undefined };

export type Call<T> = CallOptions & {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Seconds for which the server is asked to hold its answer. */
  readonly wait?: number | undefined;
  readonly taskId?: string;
  /** How many times the request may be sent; default 1. */
  readonly tries?: number;
  /** Ends the call in place of the usual limit. The caller restarts it while bytes arrive. */
  readonly guard?: Watchdog;
  /** Reads the answer. If it throws, the call counts as not answered. */
  readonly read: (response: Response) => Promise<T>;
};

/** Sends a call to a path of the API; rejects with a `HandoffError` or the signal's reason. */
export type Send = <T>(path: string, call: Call<T>) => Promise<T>;

/** A `Retry-After` longer than this is not waited for: the caller gets the error. */
const longestWait = 60_000;

export function sender(options: ClientOptions, timing: Timing): Send {
  const { baseUrl = '', path: root = '/handoff', token } = options;
  const base = baseUrl.replace(/\/$/, '') + root;

  const headersOf = async <T>(call: Call<T>): Promise<Record<string, string>> => {
    const headers: Record<string, string> = { accept: 'application/json' };
    const add = (more: Call<T>['headers']): void => {
      for (const [name, value] of Object.entries(more ?? {})) if (value !== undefined) headers[name] = value;
    };
    add(call.headers);
    if (call.body !== undefined) headers['content-type'] = 'application/json';
    const bearer = typeof token === 'function' ? await token() : token;
    if (bearer !== undefined) headers['authorization'] = `Bearer ${bearer}`;
    else if (call.method === 'POST') add(csrfProof(base, options));
    return headers;
  };

  const sendOnce = async <T>(path: string, call: Call<T>): Promise<T> => {
    const { method = 'GET', signal, body, taskId = null } = call;
    const guard = call.guard ?? watchdog(timing.answer + (call.wait ?? 0) * 1_000, signal);
    try {
      const response = await guard.unlessAborted(
        headersOf(call).then((headers) =>
          (options.fetch ?? fetch)(base + path, {
            method,
            headers,
            credentials: 'same-origin',
            cache: 'no-store',
            signal: guard.signal,
            ...(body !== undefined && { body: JSON.stringify(body) }),
          }),
        ),
      );
      if (!response.ok && response.status !== 304) throw await guard.unlessAborted(errorOf(response, taskId));
      return await guard.unlessAborted(call.read(response));
    } catch (cause) {
      signal?.throwIfAborted();
      throw cause instanceof HandoffError ? cause : unreachable(cause, taskId);
    } finally {
      guard.stop();
    }
  };

  return async (path, call) => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await sendOnce(path, call);
      } catch (error) {
        if (tried >= (call.tries ?? 1) || !isPassing(error) || error.retryAfter > longestWait) throw error;
        await pause(Math.max(error.retryAfter, backoff(tried, timing)), call.signal);
      }
    }
  };
}

export function timingOf({ timing }: ClientOptions): Timing {
  return { ...defaultTiming, ...timing };
}

/** Returns a reader of JSON. Anything else, such as the page of a proxy, is an error. */
export function json<T>(taskId?: string): (response: Response) => Promise<T> {
  return async (response) => {
    if (!/json/.test(response.headers.get('content-type') ?? '')) throw unreadable(response, taskId);
    return (await response.json()) as T;
  };
}

// The token is for the page's own origin only; another one must not learn it.
export function csrfProof(url: string, { csrf }: ClientOptions): Record<string, string> {
  if (typeof document === 'undefined') return {};
  if (url.includes('//') && new URL(url, location.href).origin !== location.origin) return {};
  const { cookie, header } = csrf ?? { cookie: 'csrftoken', header: 'x-csrftoken' };
  const pair = document.cookie.split('; ').find((candidate) => candidate.startsWith(`${cookie}=`));
  return pair === undefined ? {} : { [header]: decodeURIComponent(pair.slice(cookie.length + 1)) };
}
