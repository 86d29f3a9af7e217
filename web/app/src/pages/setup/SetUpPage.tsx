import { type ReactElement, type SubmitEvent, useState } from 'react';
import { Brand } from '../../components/Brand.tsx';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { useSetUp } from './useSetUp.ts';

/** The page of a link that is good once. Its token is behind the `#`, which a browser sends to no server. */
export function SetUpPage(): ReactElement {
  const [token] = useState(() => location.hash.slice(1));
  const isFirst = token.startsWith('first-');
  const { busy, done, problem, submit } = useSetUp(token);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<string | null>(null);

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (busy) return;
    if (isFirst && username.trim() === '') return setMissing('Enter a user name.');
    if (password === '') return setMissing('Enter a password.');
    setMissing(null);
    void submit(username.trim(), password);
  };

  return (
    <div className="mx-auto flex min-h-dvh max-w-5xl flex-col px-4 py-4 sm:px-6">
      <header className="min-h-10">
        <Brand />
      </header>
      <main className="mx-auto grid w-full max-w-sm flex-1 content-center py-8">
        <PageHeading id="set-up-title" size="large">
          {isFirst ? 'Make the first administrator' : 'Choose a password'}
        </PageHeading>
        {token === '' ? (
          <p className="mt-3 text-muted">This address is incomplete. Open the whole link.</p>
        ) : done ? (
          <p role="status" className="mt-3 text-muted">
            Done.{' '}
            <a href="/login/" className="font-semibold text-accent-text underline">
              Log in
            </a>
          </p>
        ) : (
          <form onSubmit={onSubmit} noValidate aria-labelledby="set-up-title">
            {isFirst && (
              <Field
                label="User name"
                name="username"
                autoComplete="username"
                value={username}
                invalid={problem !== null || missing !== null}
                problemId="set-up-problem"
                onChange={setUsername}
              />
            )}
            <Field
              label="Password"
              name="password"
              type="password"
              autoComplete="new-password"
              value={password}
              invalid={problem !== null || missing !== null}
              problemId="set-up-problem"
              onChange={setPassword}
            />
            <p className="mt-2 text-sm text-muted">
              At least 8 characters, and none of the most common passwords.
            </p>
            <FormProblem id="set-up-problem" problem={missing ?? problem} />
            <Button type="submit" look="primary" disabled={busy} className="mt-6 w-full py-2.5">
              {busy ? 'Saving…' : 'Save'}
            </Button>
          </form>
        )}
      </main>
    </div>
  );
}
