import { type Fetch, HandoffError } from '@handoff/client';
import { fieldIn, getJson, postJson, refusalOf, textIn } from './json.ts';

/** The person who is logged in. */
export type Account = { readonly id: string; readonly username: string; readonly firstName: string };

export type LoginOutcome =
  | { readonly kind: 'in' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'tooMany'; readonly message: string; readonly retryAfter: string | null };

export type DemoAccount = {
  readonly username: string;
  readonly description: string;
  /** The name of the system that it is for. */
  readonly system: string;
  /** The path of that system's first page. */
  readonly start: string;
};

/** The prefix of everything kept in this browser for a person; logging out removes it. */
export const keptPrefix = 'handoff:';

/** Reads who is logged in; null for nobody. */
export async function readAccount(fetch: Fetch, signal?: AbortSignal): Promise<Account | null> {
  try {
    return accountIn(await getJson(fetch, '/api/auth/me/', signal));
  } catch (error) {
    if (isUnauthorised(error)) return null;
    throw error;
  }
}

export async function logIn(fetch: Fetch, username: string, password: string): Promise<LoginOutcome> {
  const response = await fetch('/api/auth/login/', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (response.ok) return { kind: 'in' };
  const { message } = await refusalOf(response);
  if (response.status === 429) {
    return { kind: 'tooMany', message, retryAfter: response.headers.get('retry-after') };
  }
  return { kind: 'refused', message };
}

/** Ends the login on the server. A login that has ended already is no error. */
export async function logOut(fetch: Fetch): Promise<void> {
  await postJson(fetch, '/api/auth/logout/').catch((error: unknown) => {
    if (!isUnauthorised(error)) throw error;
  });
}

/** The accounts of a demo server; empty elsewhere. */
export async function readDemoAccounts(fetch: Fetch, signal?: AbortSignal): Promise<readonly DemoAccount[]> {
  const body = await getJson(fetch, '/api/auth/demo-accounts/', signal).catch(() => []);
  if (!Array.isArray(body)) return [];
  return body.flatMap((entry: unknown) => {
    const username = textIn(entry, 'username');
    if (username === null) return [];
    return [
      {
        username,
        description: textIn(entry, 'description') ?? '',
        system: textIn(entry, 'system') ?? '',
        start: textIn(entry, 'start') ?? '/',
      },
    ];
  });
}

function accountIn(body: unknown): Account {
  const username = textIn(body, 'username') ?? '';
  const firstName = textIn(body, 'first_name') ?? '';
  return { id: String(fieldIn(body, 'id')), username, firstName: firstName.trim() || username };
}

function isUnauthorised(error: unknown): boolean {
  return error instanceof HandoffError && error.status === 401;
}
