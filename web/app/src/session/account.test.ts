import type { Fetch } from '@handoff/client';
import { describe, expect, it } from 'vitest';
import { logIn, logOut, readAccount, readDemoAccounts } from './account.ts';

function answering(status: number, body: unknown, headers: Record<string, string> = {}): Fetch {
  return async () => new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
}

const unreachable: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));

describe('readAccount', () => {
  it('calls people by their first name, or by their username where there is none', async () => {
    const asha = { id: 7, username: 'asha@demo.test', first_name: 'Asha' };

    expect(await readAccount(answering(200, asha))).toEqual({
      id: '7',
      username: 'asha@demo.test',
      firstName: 'Asha',
    });
    expect((await readAccount(answering(200, { ...asha, first_name: ' ' })))?.firstName).toBe(
      'asha@demo.test',
    );
  });

  it('tells nobody from a server that cannot be asked', async () => {
    expect(
      await readAccount(answering(401, { success: false, error: 'Authentication required' })),
    ).toBeNull();
    await expect(readAccount(answering(503, {}))).rejects.toMatchObject({ status: 503 });
    await expect(readAccount(unreachable)).rejects.toMatchObject({ status: 0 });
  });
});

describe('logIn', () => {
  it('tells what the server answered', async () => {
    const refusal = { success: false, error: 'Too many tries.' };

    expect(await logIn(answering(200, {}), 'a', 'b')).toEqual({ kind: 'in' });
    expect(await logIn(answering(401, refusal), 'a', 'b')).toEqual({
      kind: 'refused',
      message: 'Too many tries.',
    });
    expect(await logIn(answering(429, refusal, { 'retry-after': '30' }), 'a', 'b')).toEqual({
      kind: 'tooMany',
      message: 'Too many tries.',
      retryAfter: '30',
    });
  });
});

describe('logOut', () => {
  it('is content when the login was over already, and fails when the server was not told', async () => {
    await expect(logOut(answering(204, null))).resolves.toBeUndefined();
    await expect(logOut(answering(401, {}))).resolves.toBeUndefined();
    await expect(logOut(unreachable)).rejects.toThrow('cannot be reached');
  });
});

describe('readDemoAccounts', () => {
  it('knows none where the demo is off or the answer is something else', async () => {
    const accounts = [
      { username: 'asha@demo.test', description: 'Pupil', system: 'SAT Buddy', start: '/chat' },
    ];

    expect(await readDemoAccounts(answering(200, [...accounts, { name: 'x' }]))).toEqual(accounts);
    expect(await readDemoAccounts(answering(404, {}))).toEqual([]);
    expect(await readDemoAccounts(answering(200, { accounts }))).toEqual([]);
  });
});
