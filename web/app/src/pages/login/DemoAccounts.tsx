import { type ReactElement, useId } from 'react';
import type { DemoAccount } from '../../session/account.ts';

/** The password of every demo account, which a demo server publishes. */
const demoPassword = 'handoff';

type DemoAccountsProps = {
  readonly accounts: readonly DemoAccount[];
  readonly busy: boolean;
  readonly onPick: (account: DemoAccount, password: string) => void;
};

/** The accounts of a demo server by system; picking one logs in. */
export function DemoAccounts({ accounts, busy, onPick }: DemoAccountsProps): ReactElement {
  return (
    <section aria-labelledby="demo-title" className="self-center">
      <h2 id="demo-title" className="font-semibold">
        Demo accounts
      </h2>
      <p className="mt-1 text-sm text-muted">
        One click logs you in. The password of each is “{demoPassword}”.
      </p>
      <div className="mt-3 max-h-[60dvh] overflow-y-auto rounded-card border border-line bg-surface p-1.5">
        {[...new Set(accounts.map(({ system }) => system))].map((system) => (
          <SystemAccounts
            key={system}
            system={system}
            accounts={accounts.filter((account) => account.system === system)}
            busy={busy}
            onPick={(account) => onPick(account, demoPassword)}
          />
        ))}
      </div>
    </section>
  );
}

type SystemAccountsProps = {
  readonly system: string;
  readonly accounts: readonly DemoAccount[];
  readonly busy: boolean;
  readonly onPick: (account: DemoAccount) => void;
};

function SystemAccounts({ system, accounts, busy, onPick }: SystemAccountsProps): ReactElement {
  const id = useId();
  return (
    <>
      <h3 id={id} className="px-3 pt-2 text-xs font-semibold text-muted">
        {system}
      </h3>
      <ul aria-labelledby={id} className="mb-1">
        {accounts.map((account) => (
          <li key={account.username}>
            <button
              type="button"
              // Not disabled: the focus would be lost while the answer is on its way.
              aria-disabled={busy}
              onClick={() => {
                if (!busy) onPick(account);
              }}
              className="block w-full rounded-control px-3 py-2 text-left text-sm -outline-offset-2 hover:bg-sunken"
            >
              <span className="block font-semibold wrap-anywhere">{account.username}</span>
              <span className="block text-muted">{account.description}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
