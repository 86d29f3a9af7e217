import { expect, test } from 'vitest';
import { englishPlace } from './placeWords.ts';

test.each([
  [1, 'Next in line'],
  [2, '2nd in line'],
  [3, '3rd in line'],
  [4, '4th in line'],
  [11, '11th in line'],
  [22, '22nd in line'],
  [113, '113th in line'],
])('position %d is told as %s', (position, words) => {
  expect(englishPlace({ position, of: 200 })).toBe(words);
});

test.each([
  [0, '5 seconds'],
  [9.4, '10 seconds'],
  [57, '55 seconds'],
  [58, '1 minute'],
  [100, '2 minutes'],
  [3_570, '1 hour'],
  [7_300, '2 hours'],
])('a start in %d s is about %s away', (p50, words) => {
  expect(englishPlace({ position: 1, startsIn: { p50, p90: p50 * 2 } })).toBe(`Next in line, about ${words}`);
});

test('a task that runs has no place', () => {
  expect(englishPlace({ endsIn: { p50: 3, p90: 5 } })).toBe('');
});
