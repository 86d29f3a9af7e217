import { expect, it } from 'vitest';
import { clock, secondsIn, wordsAt } from './processingWords.ts';

it.each([
  [0, 'Starting AI analysis...'],
  [10, 'Analyzing video content...'],
  [30, 'Extracting learning steps...'],
  [50, 'Enhancing with AI...'],
  [70, 'Finalizing training module...'],
  [90, 'Almost ready...'],
])('at %s percent it says %s', (progress, words) => {
  expect(wordsAt(progress)).toBe(words);
});

it.each([
  ['1:05', 65],
  ['65', 65],
  ['0:07.5', 7.5],
  ['', null],
  ['a', null],
])('%s is %s seconds', (text, seconds) => {
  expect(secondsIn(text)).toBe(seconds);
});

it('tells minutes and seconds', () => {
  expect(clock(65.9)).toBe('1:05');
});
