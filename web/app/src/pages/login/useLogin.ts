import { useState } from 'react';
import { safeNext } from '../../routing/safeNext.ts';
import { type LoginOutcome, logIn } from '../../session/account.ts';
import { plainFetch } from '../../session/browserSession.ts';

export type Login = {
  readonly busy: boolean;
  readonly problem: string | null;
  /** Logs in; without a page that required the login, the person goes to `start`. */
  readonly submit: (username: string, password: string, start?: string) => Promise<void>;
};

/** Logs in, and goes to the page that required the login. */
export function useLogin(): Login {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (username: string, password: string, start = '/'): Promise<void> => {
    if (username.trim() === '' || password === '')
      return setProblem('Enter your username and your password.');
    setBusy(true);
    setProblem(null);
    try {
      const outcome = await logIn(plainFetch, username.trim(), password);
      // Loads a document: the address may be a page of the server outside this application.
      if (outcome.kind === 'in') return location.assign(placeAfter(start));
      setProblem(problemIn(outcome));
    } catch {
      setProblem('The server cannot be reached. Please try again.');
    }
    setBusy(false);
  };
  return { busy, problem, submit };
}

function placeAfter(start: string): string {
  const next = safeNext(location.search, location.origin);
  return next === '/' ? start : next;
}

function problemIn(outcome: Exclude<LoginOutcome, { kind: 'in' }>): string {
  if (outcome.kind === 'refused' || outcome.retryAfter === null) return outcome.message;
  const seconds = Number(outcome.retryAfter);
  return Number.isInteger(seconds) ? `${outcome.message} Try again in ${seconds} s.` : outcome.message;
}
