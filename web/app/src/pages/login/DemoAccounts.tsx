import type { ReactElement } from 'react';
import type { DemoAccount } from '../../session/account.ts';

/** The password of every demo account, which a demo server publishes. */
const demoPassword = 'handoff';

type DemoAccountsProps = {
  readonly accounts: readonly DemoAccount[];
  readonly onPick: (username: string, password: string) => void;
};

/** The accounts of a demo server; picking one fills the form. */
export function DemoAccounts({ accounts, onPick }: DemoAccountsProps): ReactElement {
  return (
    <section aria-labelledby="demo-title" className="self-center">
      <h2 id="demo-title" className="font-semibold">
        Demo accounts
      </h2>
      <p className="mt-1 text-sm text-muted">
        Pick one to fill the form. The password of each is “{demoPassword}”.
      </p>
      <ul className="mt-3 max-h-[60dvh] overflow-y-auto rounded-card border border-line bg-surface p-1.5">
        {accounts.map(({ username, description }) => (
          <li key={username}>
            <button
              type="button"
              onClick={() => onPick(username, demoPassword)}
              className="block w-full rounded-control px-3 py-2 text-left text-sm -outline-offset-2 hover:bg-sunken"
            >
              <span className="block font-semibold wrap-anywhere">{username}</span>
              <span className="block text-muted">{description}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
