import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from '../icons/Icon.tsx';
import { Button } from './Button.tsx';

/** Three moving dots. */
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

type LoadingProps = { readonly className?: string; readonly children: ReactNode };

/** Says what is being loaded, within a page. */
export function Loading({ className = 'mt-8', children }: LoadingProps): ReactElement {
  return (
    <p role="status" className={`flex items-center gap-3 text-muted ${className}`}>
      <Dots /> {children}
    </p>
  );
}

/** A whole page that is being loaded. */
export function LoadingPage(): ReactElement {
  return (
    <main className="grid min-h-dvh place-items-center" aria-busy="true">
      <Loading className="">Loading…</Loading>
    </main>
  );
}

type FailureProps = {
  readonly className?: string;
  /** The page's heading, for a page that shows nothing else. */
  readonly heading?: string;
  readonly onRetry: () => void;
  readonly children: ReactNode;
};

/** Says what could not be loaded, within a page, with a button to try again. */
export function Failure({ className = 'mt-8', heading, onRetry, children }: FailureProps): ReactElement {
  return (
    <div
      role="alert"
      className={`flex flex-wrap items-center gap-3 rounded-card bg-bad-soft px-4 py-3 text-bad ${className}`}
    >
      {heading !== undefined && (
        <h1 tabIndex={-1} className="sr-only">
          {heading}
        </h1>
      )}
      <p className="flex gap-3">
        <Icon name="warning" /> {children}
      </p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}

type FailedPageProps = { readonly title: string; readonly advice: string; readonly onRetry: () => void };

/** A whole page that could not be loaded. */
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

type EmptyProps = {
  readonly icon: IconName;
  readonly title: string;
  /** Whether the title is the page's heading; default true. */
  readonly isHeading?: boolean;
  readonly role?: 'alert';
  /** Texts and links under the title. */
  readonly children: ReactNode;
};

/** Fills a page that has nothing else to show. */
export function Empty({ icon, title, isHeading = true, role, children }: EmptyProps): ReactElement {
  return (
    <div role={role} className="mx-auto max-w-md py-16 text-center">
      <Icon name={icon} className={`mx-auto size-12 ${icon === 'warning' ? 'text-bad' : 'text-muted'}`} />
      {isHeading ? (
        <h1 tabIndex={-1} className="mt-4 text-2xl font-bold outline-none">
          {title}
        </h1>
      ) : (
        <h2 className="mt-4 text-2xl font-bold">{title}</h2>
      )}
      {children}
    </div>
  );
}
