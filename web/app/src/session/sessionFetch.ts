import type { Fetch } from '@handoff/client';

export type SessionPorts = {
  readonly fetch: Fetch;
  /** The page's cookies, as `document.cookie` gives them. */
  readonly cookies: () => string;
  /** Called when the server knows no login any more and renewing it failed. */
  readonly onSignedOut: () => void;
};

const safeMethods = ['GET', 'HEAD'];

/**
 * A `fetch` that sends the CSRF token with whatever changes something, and that renews the login once when the
 * server answers 401. Requests that fail together share one renewal: refresh tokens may be usable only once.
 */
export function sessionFetch({ fetch, cookies, onSignedOut }: SessionPorts): Fetch {
  let renewal: Promise<boolean> | null = null;

  const send: Fetch = (url, init = {}) => fetch(url, { ...init, headers: withCsrfToken(init, cookies()) });

  const renew = (): Promise<boolean> => {
    renewal ??= renewLogin(fetch).finally(() => (renewal = null));
    return renewal;
  };

  return async (url, init) => {
    const response = await send(url, init);
    if (response.status !== 401) return response;
    const repeated = (await renew()) ? await send(url, init) : response;
    if (repeated.status === 401) onSignedOut();
    return repeated;
  };
}

/** Trades the refresh cookie for a new login; false when there is none or it is no longer good. */
export async function renewLogin(fetch: Fetch): Promise<boolean> {
  const response = await fetch('/api/auth/refresh/', { method: 'POST', credentials: 'same-origin' });
  return response.ok;
}

/** The value of a cookie by its name. */
export function cookieNamed(name: string, cookies: string): string | null {
  const pair = cookies.split('; ').find((candidate) => candidate.startsWith(`${name}=`));
  return pair === undefined ? null : decodeURIComponent(pair.slice(name.length + 1));
}

function withCsrfToken(init: RequestInit, cookies: string): Headers {
  const headers = new Headers(init.headers);
  const token = cookieNamed('csrftoken', cookies);
  if (token !== null && !safeMethods.includes(init.method ?? 'GET')) headers.set('x-csrftoken', token);
  return headers;
}
