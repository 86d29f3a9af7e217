import type { ReactElement } from 'react';

/** SAT Buddy's face, for decoration beside its name. */
export function Robot({ className }: { readonly className: string }): ReactElement {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path d="M16 9V6.5" strokeWidth="2" strokeLinecap="round" className="stroke-on-accent" />
      <circle cx="16" cy="5.5" r="1.6" fill="oklch(0.87 0.13 82)" />
      <rect x="6.5" y="9.5" width="19" height="15.5" rx="5.5" className="fill-on-accent" />
      <circle cx="12.2" cy="16" r="1.9" className="fill-accent" />
      <circle cx="19.8" cy="16" r="1.9" className="fill-accent" />
      <path
        d="M12.5 20.4c2.1 1.5 4.9 1.5 7 0"
        strokeWidth="1.7"
        strokeLinecap="round"
        className="stroke-accent"
      />
    </svg>
  );
}
