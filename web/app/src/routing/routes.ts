export type Route = 'home' | 'login' | 'chat' | 'prompt' | 'missing';

const pages: Readonly<Record<string, Route>> = {
  '/': 'home',
  '/login/': 'login',
  '/ai/chat/': 'chat',
  '/web-knowledge/prompt/': 'prompt',
};

/** The page of a path; a missing slash at the end is forgiven. */
export function routeOf(pathname: string): Route {
  return pages[pathname.endsWith('/') ? pathname : `${pathname}/`] ?? 'missing';
}
