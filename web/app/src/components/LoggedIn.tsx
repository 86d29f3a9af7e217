import { HandoffContext } from '@handoff/react';
import { type ReactElement, useEffect } from 'react';
import type { Account } from '../session/account.ts';
import { loginAddress } from '../session/browserSession.ts';
import { taskClient } from '../session/taskClient.ts';
import { useAccount } from '../session/useAccount.ts';

type LoggedInProps = {
  readonly loading: ReactElement;
  /** Shown when the server could not be asked who is logged in. */
  readonly renderFailed: (retry: () => void) => ReactElement;
  readonly children: (account: Account) => ReactElement;
};

/** A page for people who are logged in, with their tasks; the others are sent to the login page and back. */
export function LoggedIn({ loading, renderFailed, children }: LoggedInProps): ReactElement {
  const { state, retry } = useAccount();
  useEffect(() => {
    if (state.name === 'out') location.replace(loginAddress(location));
  }, [state.name]);
  if (state.name === 'unknown') return renderFailed(() => void retry());
  if (state.name !== 'in') return loading;
  return <HandoffContext value={taskClient}>{children(state.account)}</HandoffContext>;
}
