import { expect, it } from 'vitest';
import { testOption } from './testOption.ts';

it('names the test, its day and its marks', () => {
  const test = {
    id: 41,
    test_name: 'Practice Test #41',
    end_time: '2026-09-05T12:00:00Z',
    total_marks: 7,
    max_marks: 16,
  };

  expect(testOption(test)).toBe('Practice Test #41 - 05 Sep 26 (7/16)');
});
