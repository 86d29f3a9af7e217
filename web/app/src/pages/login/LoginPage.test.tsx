// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoginPage } from './LoginPage.tsx';

type Script = Record<string, () => Response | Promise<Response>>;

const wentTo: string[] = [];

async function open(search: string, script: Script): Promise<unknown[]> {
  const sent: unknown[] = [];
  vi.stubGlobal('location', {
    search,
    origin: 'https://handoff.test',
    assign: (address: string) => wentTo.push(address),
    replace: (address: string) => wentTo.push(address),
  });
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (init?.body !== undefined) sent.push(JSON.parse(String(init.body)));
    return (
      script[url]?.() ?? Response.json({ success: false, error: 'Authentication required' }, { status: 401 })
    );
  });
  render(<LoginPage />);
  await act(async () => {});
  return sent;
}

async function logIn(username: string, password: string): Promise<void> {
  fireEvent.change(screen.getByLabelText('Username'), { target: { value: username } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: password } });
  fireEvent.click(screen.getByRole('button', { name: 'Log in' }));
  await act(async () => {});
}

describe('the login page', () => {
  beforeEach(() => {
    wentTo.length = 0;
    sessionStorage.clear();
  });
  afterEach(cleanup);

  it('goes on to where the person wanted to be', async () => {
    const sent = await open('?next=%2Fai%2Fchat%2F', { '/api/auth/login/': () => Response.json({}) });
    await logIn(' asha@demo.test ', 'handoff');

    expect(sent).toEqual([{ username: 'asha@demo.test', password: 'handoff' }]);
    expect(wentTo).toEqual(['/ai/chat/']);
  });

  it('goes home rather than to another site', async () => {
    await open('?next=https://evil.test/', { '/api/auth/login/': () => Response.json({}) });
    await logIn('asha@demo.test', 'handoff');

    expect(wentTo).toEqual(['/']);
  });

  it.each<[string, () => Response | Promise<Response>, string]>([
    [
      'wrong',
      () =>
        Response.json(
          { error: { code: 'AUTH_INVALID_CREDENTIALS', message: 'Invalid credentials' } },
          { status: 401 },
        ),
      'Invalid credentials',
    ],
    [
      'tried too often',
      () => Response.json({ error: 'Too many tries.' }, { status: 429, headers: { 'retry-after': '30' } }),
      'Too many tries. Try again in 30 s.',
    ],
    [
      'not received',
      () => Promise.reject(new TypeError('Failed to fetch')),
      'The server cannot be reached. Please try again.',
    ],
  ])('says so when the login is %s', async (_, answer, text) => {
    await open('', { '/api/auth/login/': answer });
    await logIn('asha@demo.test', 'nope');

    expect(screen.getByRole('alert').textContent?.trim()).toBe(text);
    expect(screen.getByRole('button', { name: 'Log in' }).hasAttribute('disabled')).toBe(false);
    expect(wentTo).toEqual([]);
  });

  it('asks for what is missing without asking the server', async () => {
    const sent = await open('', {});
    await logIn('', '');

    expect(screen.getByRole('alert').textContent).toContain('Enter your username and your password.');
    expect(sent).toEqual([]);
  });

  it('says where a person goes next', async () => {
    await open('?next=%2Fai%2Fchat%2F', {});
    expect(screen.getByText(/You go on to SAT Buddy/)).toBeDefined();
  });

  it.each([
    ['', '/evaluaties/'],
    ['?next=%2Fai%2Fchat%2F', '/ai/chat/'],
  ])('logs in with one click on a demo account of a system (%s)', async (search, place) => {
    const accounts = [
      { username: 'asha@demo.test', description: 'Pupil', system: 'SAT Buddy', start: '/ai/chat/' },
      { username: 'ben@demo.test', description: 'Pupil', system: 'Team Evaluatie', start: '/evaluaties/' },
    ];
    const sent = await open(search, {
      '/api/auth/demo-accounts/': () => Response.json(accounts),
      '/api/auth/login/': () => Response.json({}),
    });
    const group = screen.getByRole('list', { name: 'Team Evaluatie' });
    fireEvent.click(within(group).getByRole('button', { name: /ben@demo.test/ }));
    await act(async () => {});

    expect(wentTo).toEqual([place]);
    expect(sent).toEqual([{ username: 'ben@demo.test', password: 'handoff' }]);
  });

  it('sends a person on whose login could be renewed, but not in circles', async () => {
    const renewed: Script = { '/api/auth/me/': () => Response.json({ id: 1, username: 'asha@demo.test' }) };
    await open('?next=/ai/chat/', renewed);
    expect(wentTo).toEqual(['/ai/chat/']);
    cleanup();

    await open('?next=/ai/chat/', renewed);
    expect(wentTo).toEqual(['/ai/chat/']);
    expect(screen.getByRole('link', { name: 'Continue' }).getAttribute('href')).toBe('/ai/chat/');
  });
});
