import { describe, expect, it } from 'vitest';
import { isPlain, wordsOf } from './plainText.ts';

describe('isPlain', () => {
  it.each([
    'x = 4',
    'Divide both sides by 2. Then x = 4, which is even (and positive).',
    'It costs $5.\n\nThat is 2*3 - 1; snake_case is fine.',
    'First paragraph.\nSecond line',
  ])('says yes to %j', (text) => {
    expect(isPlain(text)).toBe(true);
  });

  it.each([
    '**bold**',
    '*soft*',
    '_soft_',
    '`code`',
    '# Title',
    'Title\n===',
    '- item',
    'so:\n1. first',
    '> quote',
    '| a | b |',
    String.raw`\(x\)`,
    String.raw`\frac{1}{2}`,
    '$$x$$',
    '[a](b)',
    '<script>',
    'see https://example.test',
    '---',
  ])('says no to %j', (text) => {
    expect(isPlain(text)).toBe(false);
  });
});

describe('wordsOf', () => {
  it('loses nothing', () => {
    const text = '  Two words,\n\nthen more ';

    expect(wordsOf(text)).toEqual(['  ', 'Two ', 'words,\n\n', 'then ', 'more ']);
    expect(wordsOf(text).join('')).toBe(text);
    expect(wordsOf('')).toEqual([]);
  });
});
