import type { Fetch } from '@handoff/client';
import { describe, expect, it } from 'vitest';
import { cookieNamed, csrfFetchOver, sessionFetch } from './sessionFetch.ts';

type Call = { readonly url: string; readonly init: RequestInit | undefined };

/** A server that knows a login after so many renewals; `renewals` counts those that were asked for. */
function server(loggedInAfter: number): { fetch: Fetch; calls: Call[]; renewals: () => number } {
  const calls: Call[] = [];
  const renewals = (): number => calls.filter((call) => call.url === '/api/auth/refresh/').length;
  const fetch: Fetch = async (url, init) => {
    calls.push({ url, init });
    if (url === '/api/auth/refresh/')
      return new Response(null, { status: loggedInAfter < Infinity ? 200 : 401 });
    return new Response(null, { status: renewals() >= loggedInAfter ? 200 : 401 });
  };
  return { fetch, calls, renewals };
}

describe('sessionFetch', () => {
  it('passes on what needs no renewal', async () => {
    const { fetch, renewals } = server(0);

    expect((await sessionFetch({ fetch, onSignedOut: () => {} })('/x')).status).toBe(200);
    expect(renewals()).toBe(0);
  });

  it('renews the login once for all requests that fail together, and repeats each with its body', async () => {
    const { fetch, calls, renewals } = server(1);
    const call = sessionFetch({ fetch, onSignedOut: () => expect.unreachable() });

    const answers = await Promise.all([call('/a', { method: 'POST', body: 'one' }), call('/b'), call('/c')]);

    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(renewals()).toBe(1);
    expect(calls.filter((one) => one.url === '/a').map((one) => one.init?.body)).toEqual(['one', 'one']);
  });

  it('renews again for a later failure', async () => {
    const { fetch, renewals } = server(2);
    let signedOut = 0;
    const call = sessionFetch({ fetch, onSignedOut: () => (signedOut += 1) });

    expect((await call('/a')).status).toBe(401);
    expect((await call('/a')).status).toBe(200);
    expect([renewals(), signedOut]).toEqual([2, 1]);
  });

  it('says so when the login is over, and repeats nothing', async () => {
    const { fetch, calls } = server(Infinity);
    let signedOut = 0;

    const answer = await sessionFetch({ fetch, onSignedOut: () => (signedOut += 1) })('/a');

    expect([answer.status, signedOut]).toEqual([401, 1]);
    expect(calls.map((call) => call.url)).toEqual(['/a', '/api/auth/refresh/']);
  });
});

describe('csrfFetchOver', () => {
  async function tokenSentBy(init: RequestInit | undefined, cookies: string): Promise<string | null> {
    let headers = new Headers();
    const fetch: Fetch = async (_, sent) => {
      headers = new Headers(sent?.headers);
      return new Response();
    };
    await csrfFetchOver(fetch, () => cookies)('/x', init);
    return headers.get('x-csrftoken');
  }

  it('sends the token with what changes something, and only then', async () => {
    expect(await tokenSentBy({ method: 'POST' }, 'a=1; csrftoken=t%3D1')).toBe('t=1');
    expect(await tokenSentBy({ method: 'GET' }, 'csrftoken=t')).toBeNull();
    expect(await tokenSentBy(undefined, 'csrftoken=t')).toBeNull();
    expect(await tokenSentBy({ method: 'POST' }, 'mycsrftoken=t')).toBeNull();
  });
});

describe('cookieNamed', () => {
  it('finds a cookie by its whole name', () => {
    expect(cookieNamed('b', 'a=1; b=2')).toBe('2');
    expect(cookieNamed('b', 'ab=1')).toBeNull();
    expect(cookieNamed('b', '')).toBeNull();
  });
});
