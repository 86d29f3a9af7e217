/**
 * Where to go after logging in: the `next` of the query if it is a path on this origin, else the home page. Another
 * origin would make the login page an open redirect.
 */
export function safeNext(search: string, origin: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  // Browsers read "\" as "/" and drop tabs and line ends, so "/\evil.test" would leave this origin.
  if (!next.startsWith('/') || hasBackslashOrControl(next)) return '/';
  try {
    const address = new URL(next, origin);
    const path = address.pathname + address.search + address.hash;
    return address.origin === origin && !path.startsWith('//') && !path.startsWith('/login') ? path : '/';
  } catch {
    return '/';
  }
}

function hasBackslashOrControl(text: string): boolean {
  return [...text].some((character) => character === '\\' || character < ' ');
}
