import type { ReactElement } from 'react';
import { Brand } from '../../components/Brand.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { buttonClasses } from '../../components/Button.tsx';
import { Link } from '../../routing/Link.tsx';

/** The page of an unknown path. */
export function MissingPage(): ReactElement {
  return (
    <div className="mx-auto max-w-5xl p-4 sm:p-6">
      <header>
        <Brand />
      </header>
      <main className="grid min-h-[70dvh] place-items-center text-center">
        <div>
          <p className="text-sm font-semibold text-accent-text">404</p>
          <PageHeading size="large" className="mt-1">
            Page not found
          </PageHeading>
          <p className="mt-2 mb-6 text-muted">There is nothing at this address.</p>
          <Link href="/" className={buttonClasses('primary')}>
            Go home
          </Link>
        </div>
      </main>
    </div>
  );
}
