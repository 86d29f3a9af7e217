import type { ReactElement } from 'react';
import { Link } from '../routing/Link.tsx';

/** The product's name, with a link to the home page. */
export function Brand(): ReactElement {
  return (
    <Link href="/" className="inline-flex items-center gap-2 rounded-md text-lg font-bold tracking-tight">
      <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className="size-6">
        <path d="M3 8h9a4 4 0 0 1 0 8H9" strokeWidth="2.6" strokeLinecap="round" className="stroke-accent" />
        <path
          d="m12.5 12.5-3.5 3.5 3.5 3.5"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-accent"
        />
        <circle cx="19" cy="5.5" r="2.2" fill="oklch(0.78 0.14 75)" />
      </svg>
      Handoff
    </Link>
  );
}
