import { expect, it } from 'vitest';
import { idIn, routeOf } from './routes.ts';

it.each([
  ['/', 'home'],
  ['/login/', 'login'],
  ['/login', 'login'],
  ['/setup/', 'setUp'],
  ['/ai/chat/', 'chat'],
  ['/ai/chat', 'chat'],
  ['/web-knowledge/prompt/', 'prompt'],
  ['/web-knowledge/prompt', 'prompt'],
  ['/tests', 'tests'],
  ['/test/41/', 'test'],
  ['/test/', 'missing'],
  ['/test/1/2/', 'missing'],
  ['/loading-results/41', 'loadingResults'],
  ['/loading-results', 'loadingResults'],
  ['/dashboard', 'dashboard'],
  ['/evaluaties', 'evaluations'],
  ['/evaluaties/123/', 'evaluation'],
  ['/training', 'modules'],
  ['/upload/', 'upload'],
  ['/training/k3x/', 'training'],
  ['/share/k3x', 'share'],
  ['/share/k3x-_4', 'share'],
  ['/ai/', 'missing'],
  ['/constructor/', 'missing'],
])('%s is the %s page', (pathname, route) => {
  expect(routeOf(pathname)).toBe(route);
});

it.each([
  ['/test/41/', 41],
  ['/loading-results/7', 7],
  ['/loading-results/', null],
  ['/loading-results/x/', null],
])('%s is about %s', (pathname, id) => {
  expect(idIn(pathname)).toBe(id);
});
