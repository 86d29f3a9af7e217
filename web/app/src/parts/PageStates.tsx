import type { ReactElement } from 'react';
import { Icon } from '../icons/Icon.tsx';
import { Button } from './Button.tsx';

/** Three dots that move while something is on its way. */
export function Dots(): ReactElement {
  return (
    <span className="inline-flex items-center gap-1" aria-hidden="true">
      {['0s', '0.15s', '0.3s'].map((animationDelay) => (
        <span
          key={animationDelay}
          className="size-2 animate-dot rounded-full bg-accent"
          style={{ animationDelay }}
        />
      ))}
    </span>
  );
}

/** A page that is not there yet. */
export function LoadingPage(): ReactElement {
  return (
    <main className="grid min-h-dvh place-items-center" aria-busy="true">
      <p role="status" className="flex items-center gap-3 text-muted">
        <Dots /> Loading…
      </p>
    </main>
  );
}

type FailedPageProps = { readonly title: string; readonly advice: string; readonly onRetry: () => void };

/** A page that could not be made, with a way to try again. */
export function FailedPage({ title, advice, onRetry }: FailedPageProps): ReactElement {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div role="alert" className="max-w-sm text-center">
        <Icon name="warning" className="mx-auto size-8 text-bad" />
        <h1 className="mt-3 text-xl font-semibold">{title}</h1>
        <p className="mt-1 mb-5 text-muted">{advice}</p>
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </main>
  );
}
