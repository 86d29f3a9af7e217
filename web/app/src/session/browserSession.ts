import type { Fetch } from '@handoff/client';
import { csrfFetchOver, sessionFetch } from './sessionFetch.ts';

/** The browser's `fetch`, for calls without an account. */
export const plainFetch: Fetch = (url, init) => fetch(url, init);

/** The address of the login page, with the current page to return to. */
export function loginAddress({ pathname, search }: Pick<Location, 'pathname' | 'search'>): string {
  return `/login/?next=${encodeURIComponent(pathname + search)}`;
}

const csrfFetch = csrfFetchOver(plainFetch, () => document.cookie);

/** Calls in the name of the person who is logged in. When the login ends, the page stays. */
export const renewingFetch: Fetch = sessionFetch({ fetch: csrfFetch, onSignedOut: () => {} });

/** Calls in the name of the person who is logged in. When the login ends, it goes to the login page. */
export const ownFetch: Fetch = sessionFetch({
  fetch: csrfFetch,
  onSignedOut: () => location.assign(loginAddress(location)),
});
