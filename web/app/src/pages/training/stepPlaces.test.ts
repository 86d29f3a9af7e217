import { expect, it } from 'vitest';
import { moved, pictureOf, placeAt } from './stepPlaces.ts';
import type { Step } from './trainingApi.ts';

function step(start: number, end: number): Step {
  return { id: `${start}`, start, end, title: '', description: '', aliases: [], notes: '', isManual: false };
}

const steps = [step(0.5, 4), step(5, 9), step(10, 15)];

it.each([
  [0, -1],
  [0.5, 0],
  [4.5, 0],
  [5, 1],
  [99, 2],
])('at %s seconds the step at place %s is the current one', (second, place) => {
  expect(placeAt(steps, second)).toBe(place);
});

it('finds the latest step that has begun in whatever order they are', () => {
  expect(placeAt([step(10, 15), step(0, 4)], 12)).toBe(0);
});

it('shows a picture from within the step', () => {
  const pictures = [
    { time: 1.5, url: 'a' },
    { time: 6, url: 'b' },
  ];
  expect(pictureOf(step(5, 9), pictures)).toBe('b');
  expect(pictureOf(step(10, 15), pictures)).toBeNull();
});

it('moves a step by one, and none over the ends', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
});
