import { type ClientOptions, csrfProof } from './http.ts';
import { limitsOf } from './limits.ts';

/** Names those who share what they read: the same server with the same credentials. Null: nobody. */
export async function groupOf(options: ClientOptions): Promise<string | null> {
  const { path = '/handoff', token, fetch, tabs = fetch === undefined ? 'shared' : 'alone' } = options;
  if (tabs === 'alone') return null;
  const { server } = limitsOf(options);
  const secret = typeof token === 'function' ? await token() : token;
  const cookie = Object.values(csrfProof(server, options))[0];
  const named = JSON.stringify([server, path, secret === undefined, secret ?? cookie ?? null]);
  // Other scripts of the page see the names of locks, so they get no more than a digest.
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(named));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
