import type { Fetch } from '@handoff/client';
import { csrfFetchOver, sessionFetch } from './sessionFetch.ts';

/** The plain `fetch` of this browser, for calls that must not lead away from the page. */
export const plainFetch: Fetch = (url, init) => fetch(url, init);

/** The address of the login page that leads back to where the person is now. */
export function loginAddress({ pathname, search }: Pick<Location, 'pathname' | 'search'>): string {
  return `/login/?next=${encodeURIComponent(pathname + search)}`;
}

const csrfFetch = csrfFetchOver(plainFetch, () => document.cookie);

/** Calls in the name of the person who is logged in, which stay on this page when that ends. */
export const renewingFetch: Fetch = sessionFetch({ fetch: csrfFetch, onSignedOut: () => {} });

/** Calls in the name of the person who is logged in; leads to the login page when that ends. */
export const ownFetch: Fetch = sessionFetch({
  fetch: csrfFetch,
  onSignedOut: () => location.assign(loginAddress(location)),
});
