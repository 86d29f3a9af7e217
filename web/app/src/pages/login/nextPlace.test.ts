import { expect, it } from 'vitest';
import { nextPlace } from './nextPlace.ts';

it.each([
  ['/ai/chat/?c=1', 'SAT Buddy'],
  ['/test/41/', 'Zone Insights'],
  ['/evaluaties', 'Team Evaluatie'],
  ['/docs', null],
  ['/', null],
  ['/testing/', null],
])('names where %s leads', (path, name) => {
  expect(nextPlace(path)).toBe(name);
});
