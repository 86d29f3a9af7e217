import type { ReactElement } from 'react';
import { Icon, type IconName } from '../../icons/Icon.tsx';
import { Robot } from '../../icons/Robot.tsx';
import { AccountMenu } from '../../components/AccountMenu.tsx';
import { Brand } from '../../components/Brand.tsx';
import { Button, buttonClasses } from '../../components/Button.tsx';
import { Link } from '../../routing/Link.tsx';
import { type AccountState, useAccount } from '../../session/useAccount.ts';

const promises: readonly { readonly icon: IconName; readonly title: string; readonly text: string }[] = [
  {
    icon: 'bolt',
    title: 'Accepted at once',
    text: 'Work that takes an AI a minute is taken in milliseconds. Nothing freezes while it runs.',
  },
  {
    icon: 'light',
    title: 'Live all the way',
    text: 'You see what is being done and what the answer says so far, as it happens.',
  },
  {
    icon: 'shield',
    title: 'Never lost',
    text: 'Reload, close the laptop, or let a server crash: the work goes on and its answer waits for you.',
  },
];

/** Says what Handoff is, with links to the systems. */
export function HomePage(): ReactElement {
  const { state, retry } = useAccount();
  return (
    <div className="mx-auto flex min-h-dvh max-w-5xl flex-col px-4 py-4 sm:px-6">
      <header className="flex min-h-10 items-center justify-between gap-4">
        <Brand />
        <AccountStatus state={state} onRetry={retry} />
      </header>
      <main className="flex-1 py-12 sm:py-20">
        <h1 tabIndex={-1} className="max-w-2xl text-4xl font-bold tracking-tight outline-none sm:text-5xl">
          Slow AI work, handed off.
        </h1>
        <p className="mt-4 max-w-xl text-lg text-muted">
          Handoff takes AI work that would keep you waiting, does it in the background and tells you where it
          stands. You can leave and come back.
        </p>
        <h2 className="mt-12 text-sm font-semibold text-muted">Try it</h2>
        <div className="mt-3 grid max-w-4xl gap-3 md:grid-cols-2">
          <SystemCard
            href="/ai/chat/"
            picture={<Robot className="size-12 shrink-0" />}
            name="SAT Buddy"
            text="Your AI study companion: ask questions, upload images, generate practice problems"
          />
          <SystemCard
            href="/web-knowledge/prompt/"
            picture={<Emblem icon="pencil" />}
            name="Prompt generation"
            text="Rough notes about your business become a professional prompt for its AI assistant"
          />
          <SystemCard
            href="/tests/"
            picture={<Emblem icon="chart" />}
            name="Zone Insights"
            text="Sit a practice test for NEET or JEE and see where you are steady and what to work on"
          />
          <SystemCard
            href="/evaluaties/"
            picture={<Emblem icon="star" />}
            name="Team Evaluatie"
            text="Pupils assess their team, and each reads a Dutch summary of what the others wrote"
          />
          <SystemCard
            href="/training/"
            picture={<Emblem icon="video" />}
            name="Training Videos"
            text="A how-to video becomes a training module with timed steps, an assistant and a link to share"
          />
        </div>
        <h2 className="sr-only">What it promises</h2>
        <ul className="mt-12 grid gap-8 sm:grid-cols-3">
          {promises.map(({ icon, title, text }) => (
            <li key={title}>
              <Icon name={icon} className="size-6 text-accent-text" />
              <h3 className="mt-2 font-semibold">{title}</h3>
              <p className="mt-1 text-sm text-muted">{text}</p>
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}

function Emblem({ icon }: { readonly icon: IconName }): ReactElement {
  return (
    <span className="grid size-12 shrink-0 place-items-center rounded-card bg-accent-soft text-accent-text">
      <Icon name={icon} className="size-7" />
    </span>
  );
}

function SystemCard({
  href,
  picture,
  name,
  text,
}: {
  readonly href: string;
  readonly picture: ReactElement;
  readonly name: string;
  readonly text: string;
}): ReactElement {
  return (
    <Link
      href={href}
      className="group flex items-center gap-4 rounded-card border border-line bg-surface p-4 shadow-card transition-colors hover:border-accent sm:p-5"
    >
      {picture}
      <span className="min-w-0 flex-1">
        <span className="block text-lg font-semibold">{name}</span>
        <span className="block text-sm text-muted">{text}</span>
      </span>
      <Icon
        name="arrowRight"
        className="size-5 text-muted transition-transform group-hover:translate-x-0.5"
      />
    </Link>
  );
}

function AccountStatus({
  state,
  onRetry,
}: {
  readonly state: AccountState;
  readonly onRetry: () => void;
}): ReactElement {
  switch (state.name) {
    case 'loading':
      return <span className="text-sm text-muted">Loading…</span>;
    case 'in':
      return (
        <div className="flex items-center gap-2 text-sm">
          <span className="hidden text-muted sm:inline">Logged in as {state.account.username}</span>
          <AccountMenu account={state.account} />
        </div>
      );
    case 'out':
      return (
        <Link href="/login/" className={buttonClasses('outline')}>
          Log in
        </Link>
      );
    case 'unknown':
      return (
        <div role="alert" className="flex items-center gap-2 text-sm text-muted">
          The server cannot be reached.
          <Button onClick={onRetry}>Try again</Button>
        </div>
      );
  }
}
