// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SetUpPage } from './SetUpPage.tsx';

function open(hash: string, answer: () => Response): unknown[] {
  const sent: unknown[] = [];
  vi.stubGlobal('location', { hash });
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    sent.push([url, JSON.parse(String(init?.body))]);
    return answer();
  });
  render(<SetUpPage />);
  return sent;
}

async function save(): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await act(async () => {});
}

const ok = (): Response => new Response(null, { status: 204 });

describe('the page of a link that is good once', () => {
  afterEach(cleanup);

  it('makes the first administrator', async () => {
    const sent = open('#first-abc', ok);
    fireEvent.change(screen.getByLabelText('User name'), { target: { value: ' ada ' } });
    fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'correct horse' } });
    await save();

    expect(sent).toEqual([
      ['/api/auth/setup/', { token: 'first-abc', username: 'ada', password: 'correct horse' }],
    ]);
    expect(screen.getByRole('link', { name: 'Log in' }).getAttribute('href')).toBe('/login/');
  });

  it('asks for nothing but a password where the account exists', async () => {
    const sent = open('#password-abc', ok);
    expect(screen.queryByLabelText('User name')).toBeNull();
    await save();
    expect(sent).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain('Enter a password.');
  });

  it('says why the server refused, and lets the person try again', async () => {
    open('#password-abc', () =>
      Response.json({ error: { code: 'NOT_ACCEPTED', message: 'Too common.' } }, { status: 422 }),
    );
    fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'password' } });
    await save();

    expect(screen.getByRole('alert').textContent?.trim()).toBe('Too common.');
    expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(false);
  });

  it('asks for the whole link where the token is missing', () => {
    open('', ok);
    expect(screen.getByText(/Open the whole link/)).toBeTruthy();
  });
});
