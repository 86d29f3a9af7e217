import { expect, it } from 'vitest';
import { linesOf } from './comparedLines.ts';

it('marks the lines that only one text has', () => {
  const own = linesOf('Hello\nOpen 9-17\n\nBye', 'Hello \n\nOpen 8-17\nBye');
  expect(own.filter(({ isOwn }) => isOwn).map(({ text }) => text)).toEqual(['Open 9-17']);
  expect(own.map(({ text }) => text)).toEqual(['Hello', 'Open 9-17', '', 'Bye']);
});

it('marks nothing without another text', () => {
  expect(linesOf('a\nb', null).some(({ isOwn }) => isOwn)).toBe(false);
});
