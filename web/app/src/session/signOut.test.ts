// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { promptKeeper } from '../pages/prompt/promptKeepers.ts';
import { signOut } from './signOut.ts';

const wentTo: string[] = [];

function answerLogoutWith(status: number): void {
  vi.stubGlobal('location', { assign: (address: string) => wentTo.push(address) });
  vi.stubGlobal('fetch', async (url: string) => {
    return new Response(null, { status: url === '/api/auth/logout/' ? status : 401 });
  });
}

describe('signOut', () => {
  beforeEach(() => {
    wentTo.length = 0;
    localStorage.setItem('handoff:chat:u1', '{}');
    promptKeeper(localStorage, 'u2').write({ notes: 'bakery, open 8-17', taskId: null });
    localStorage.setItem('of another page', '1');
  });
  afterEach(() => localStorage.clear());

  it('forgets what is kept for people, after the page stopped keeping', async () => {
    answerLogoutWith(204);
    await signOut(() => localStorage.setItem('handoff:chat:u1', 'written late'));

    expect(Object.keys(localStorage)).toEqual(['of another page']);
    expect(promptKeeper(localStorage, 'u2').read().notes).toBe('');
    expect(wentTo).toEqual(['/login/']);
  });

  it('keeps everything when the server could not be told', async () => {
    answerLogoutWith(503);

    await expect(signOut()).rejects.toMatchObject({ status: 503 });
    expect(localStorage.getItem('handoff:chat:u1')).toBe('{}');
    expect(wentTo).toEqual([]);
  });
});
