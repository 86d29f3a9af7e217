import type { Fetch } from '@handoff/client';

export type SessionPorts = {
  readonly fetch: Fetch;
  /** Called when the login has ended and could not be renewed. */
  readonly onSignedOut: () => void;
};

/**
 * A `fetch` that renews the login once when the server answers 401. Requests that fail together share one
 * renewal: refresh tokens may be usable only once.
 */
export function sessionFetch({ fetch, onSignedOut }: SessionPorts): Fetch {
  let renewal: Promise<boolean> | null = null;

  const renew = (): Promise<boolean> => {
    renewal ??= renewLogin(fetch).finally(() => (renewal = null));
    return renewal;
  };

  return async (url, init) => {
    const response = await fetch(url, init);
    if (response.status !== 401) return response;
    const repeated = (await renew()) ? await fetch(url, init) : response;
    if (repeated.status === 401) onSignedOut();
    return repeated;
  };
}

const safeMethods = ['GET', 'HEAD'];

/** A `fetch` that sends the CSRF token of a readable cookie with every call that changes something. */
export function csrfFetchOver(fetch: Fetch, cookies: () => string): Fetch {
  return (url, init = {}) => {
    const token = safeMethods.includes(init.method ?? 'GET') ? null : cookieNamed('csrftoken', cookies());
    if (token === null) return fetch(url, init);
    const headers = new Headers(init.headers);
    headers.set('x-csrftoken', token);
    return fetch(url, { ...init, headers });
  };
}

/** Renews the login by the refresh cookie; false when there is none or it has expired. */
export async function renewLogin(fetch: Fetch): Promise<boolean> {
  const response = await fetch('/api/auth/refresh/', { method: 'POST', credentials: 'same-origin' });
  return response.ok;
}

export function cookieNamed(name: string, cookies: string): string | null {
  const pair = cookies.split('; ').find((candidate) => candidate.startsWith(`${name}=`));
  return pair === undefined ? null : decodeURIComponent(pair.slice(name.length + 1));
}
