import { type ReactElement, type SubmitEvent, useState } from 'react';
import { Brand } from '../../components/Brand.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { safeNext } from '../../routing/safeNext.ts';
import type { DemoAccount } from '../../session/account.ts';
import { useAccount } from '../../session/useAccount.ts';
import { DemoAccounts } from './DemoAccounts.tsx';
import { nextPlace } from './nextPlace.ts';
import { useDemoAccounts } from './useDemoAccounts.ts';
import { useLogin } from './useLogin.ts';
import { useRedirectLoggedIn } from './useRedirectLoggedIn.ts';

export function LoginPage(): ReactElement {
  const { state } = useAccount();
  useRedirectLoggedIn(state);
  const demoAccounts = useDemoAccounts();
  const { busy, problem, submit } = useLogin();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const place = nextPlace(safeNext(location.search, location.origin));

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!busy) void submit(username, password);
  };
  const onPick = (account: DemoAccount, itsPassword: string): void => {
    setUsername(account.username);
    setPassword(itsPassword);
    void submit(account.username, itsPassword, account.start);
  };

  return (
    <div className="mx-auto flex min-h-dvh max-w-5xl flex-col px-4 py-4 sm:px-6">
      <header className="min-h-10">
        <Brand />
      </header>
      <main
        className={`mx-auto grid w-full flex-1 content-center gap-8 py-8 ${demoAccounts.length > 0 ? 'max-w-4xl md:grid-cols-2 md:gap-16' : 'max-w-sm'}`}
      >
        <form onSubmit={onSubmit} noValidate aria-labelledby="login-title" className="self-center">
          <PageHeading id="login-title" size="large">
            Log in
          </PageHeading>
          {state.name !== 'in' && place !== null && (
            <p className="mt-3 text-muted">
              This page is for people who are logged in. You go on to {place} right after it.
            </p>
          )}
          {state.name === 'in' && (
            <p className="mt-3 text-muted">
              You are logged in as {state.account.username}.{' '}
              <a
                href={safeNext(location.search, location.origin)}
                className="font-semibold text-accent-text underline"
              >
                Continue
              </a>
            </p>
          )}
          <Field
            label="Username"
            name="username"
            autoComplete="username"
            value={username}
            invalid={problem !== null}
            problemId="login-problem"
            onChange={setUsername}
          />
          <Field
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            invalid={problem !== null}
            problemId="login-problem"
            onChange={setPassword}
          />
          <FormProblem id="login-problem" problem={problem} />
          <Button type="submit" look="primary" disabled={busy} className="mt-6 w-full py-2.5">
            {busy ? 'Logging in…' : 'Log in'}
          </Button>
        </form>
        {demoAccounts.length > 0 && <DemoAccounts accounts={demoAccounts} busy={busy} onPick={onPick} />}
      </main>
    </div>
  );
}
