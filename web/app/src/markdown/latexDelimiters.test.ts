import { describe, expect, it } from 'vitest';
import { upToOpenMath, withDollarMath } from './latexDelimiters.ts';

describe('withDollarMath', () => {
  it.each([
    ['inline mathematics', String.raw`so \(x = 4\) and \( y \)`, 'so $$x = 4$$ and $$ y $$'],
    ['several lines in one formula', 'a \\(x +\n y\\) b', 'a $$x + y$$ b'],
    ['display mathematics on its own line', String.raw`\[x^2\]`, '$$\nx^2\n$$'],
    ['display mathematics over several lines', '\\[\n  x\n\n  y\n\\]', '$$\nx\ny\n$$'],
    ['display mathematics within text', String.raw`so \[x\] holds`, 'so \n$$\nx\n$$\n holds'],
    ['display mathematics in a list item', String.raw`1. \[x\]`, '1. $$\n   x\n   $$'],
    ['display mathematics in a quote', '> \\[\n> x\n> \\]', '> $$\n> x\n> $$'],
    ['a formula in a table', String.raw`| \(|x|\) | \[y\] |`, String.raw`| $$\vert x\vert $$ | $$y$$ |`],
    ['money', 'It costs $5 and $10.', 'It costs $5 and $10.'],
    ['a formula that is still being streamed', String.raw`so \(x = `, String.raw`so \(x = `],
    ['brackets over two paragraphs', 'a \\(b\n\nc\\) d', 'a \\(b\n\nc\\) d'],
    ['an escaped backslash', String.raw`\\(x\\)`, String.raw`\\(x\\)`],
  ])('handles %s', (_, markdown, expected) => {
    expect(withDollarMath(markdown)).toBe(expected);
  });

  it.each([
    ['inline code', '`\\(x\\)`'],
    ['inline code with two backticks', '``a ` \\(x\\)``'],
    ['fenced code', '```tex\n\\(x\\)\n```'],
    ['fenced code with tildes', '~~~\n\\[x\\]\n~~~'],
    ['fenced code in a list', '- ```\n  \\(x\\)\n  ```'],
    ['fenced code that is still being streamed', '```\n\\(x\\)'],
  ])('leaves %s alone', (_, markdown) => {
    expect(withDollarMath(markdown)).toBe(markdown);
  });

  it('goes on after code', () => {
    expect(withDollarMath('`\\(a\\)` then \\(b\\)\n```\n\\(c\\)\n```\n\\(d\\)')).toBe(
      '`\\(a\\)` then $$b$$\n```\n\\(c\\)\n```\n$$d$$',
    );
  });
});

describe('upToOpenMath', () => {
  it.each([
    ['a \\(x\\) and \\(y = ', 'a \\(x\\) and '],
    ['so\n\\[\n x', 'so\n'],
    ['so \\', 'so '],
    ['a \\(x\\) b', 'a \\(x\\) b'],
    ['plain', 'plain'],
  ])('cuts %j to %j', (text, shown) => {
    expect(upToOpenMath(text)).toBe(shown);
  });

  it('does not hide text for the sake of a bracket that is never closed', () => {
    const text = '\\(' + 'x'.repeat(500);

    expect(upToOpenMath(text)).toBe(text);
  });
});
