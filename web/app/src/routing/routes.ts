export type Route =
  | 'home'
  | 'login'
  | 'setUp'
  | 'chat'
  | 'prompt'
  | 'tests'
  | 'test'
  | 'loadingResults'
  | 'dashboard'
  | 'review'
  | 'evaluations'
  | 'evaluation'
  | 'modules'
  | 'upload'
  | 'training'
  | 'share'
  | 'missing';

const pages: Readonly<Record<string, Route>> = {
  '/': 'home',
  '/login/': 'login',
  '/setup/': 'setUp',
  '/ai/chat/': 'chat',
  '/web-knowledge/prompt/': 'prompt',
  '/tests/': 'tests',
  '/loading-results/': 'loadingResults',
  '/dashboard/': 'dashboard',
  '/evaluaties/': 'evaluations',
  '/training/': 'modules',
  '/upload/': 'upload',
};

/** Pages of one item, by the path before its id. */
const pagesOfOne: Readonly<Record<string, Route>> = {
  '/test/': 'test',
  '/loading-results/': 'loadingResults',
  '/results/': 'review',
  '/evaluaties/': 'evaluation',
  '/training/': 'training',
  '/share/': 'share',
};

/** The page of a path; the slash at its end may be missing. */
export function routeOf(pathname: string): Route {
  const path = withSlash(pathname);
  return pages[path] ?? pagesOfOne[path.slice(0, path.lastIndexOf('/', path.length - 2) + 1)] ?? 'missing';
}

/** The number at the end of a path; null where there is none. */
export function idIn(pathname: string): number | null {
  const id = /\/(\d{1,15})\/$/.exec(withSlash(pathname))?.[1];
  return id === undefined ? null : Number(id);
}

/** The word of letters, digits, `-` and `_` at the end of a path; null where there is none. */
export function wordIn(pathname: string): string | null {
  return /\/([0-9a-zA-Z_-]{1,60})\/$/.exec(withSlash(pathname))?.[1] ?? null;
}

function withSlash(pathname: string): string {
  return pathname.endsWith('/') ? pathname : `${pathname}/`;
}
