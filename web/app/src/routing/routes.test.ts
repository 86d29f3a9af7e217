import { expect, it } from 'vitest';
import { routeOf } from './routes.ts';

it.each([
  ['/', 'home'],
  ['/login/', 'login'],
  ['/login', 'login'],
  ['/ai/chat/', 'chat'],
  ['/ai/chat', 'chat'],
  ['/web-knowledge/prompt/', 'prompt'],
  ['/web-knowledge/prompt', 'prompt'],
  ['/ai/', 'missing'],
  ['/constructor/', 'missing'],
])('%s is the %s page', (pathname, route) => {
  expect(routeOf(pathname)).toBe(route);
});
