// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { Markdown, GrowingMarkdown } from './Markdown.tsx';
import { answers as usualAnswers } from './answers.testing.ts';
import { mark, mask } from './formulas.ts';
import { rarerAnswers } from './rarerAnswers.testing.ts';
import { upToOpen } from './streaming.ts';

const answers = [...usualAnswers, ...rarerAnswers];

/** The element as it is read: without what is there for screen readers only, and with a mark for breaks. */
function readable(html: string): HTMLElement {
  const element = document.createElement('div');
  element.innerHTML = html;
  for (const hidden of element.querySelectorAll('.katex-mathml')) hidden.remove();
  for (const line of element.querySelectorAll('td br')) line.replaceWith('');
  return element;
}

/** The letters and digits of an answer that a reader sees, in any order, with how often they occur. */
function counted(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of text.normalize('NFKD').match(/[\p{L}\p{N}]/gu) ?? [])
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

/** What of the source is instruction: commands, spacing, the language of a fence, breaks and addresses. */
function withoutInstructions(source: string): string {
  return source
    .replace(/^([ \t>]*(?:```|~~~))\w*/gm, '$1')
    .replace(/^\d+(?:[.)]|$)/gm, ' ')
    .replace(/\\(?:begin|end)\{?[A-Za-z]*\*?\}?/g, ' ')
    .replace(/\\\\\*? ?\[-?[\d.]*[a-z]*\]?/g, ' ')
    .replace(/\\[A-Za-z]+/g, ' ')
    .replace(/<\/?(?:b(?:r(?:\s[^<>]*)?\/?)?)?>?/gi, ' ')
    .replace(/\]\([^)]*\)?/g, ']')
    .replace(/#\d|\[\d\]\{/g, ' ');
}

function missing(source: string, html: string): string[] {
  const text = html
    .replace(/<span class="katex-mathml">[\s\S]*?<\/math><\/span>/g, '')
    .replace(/<[^>]*>/g, ' ');
  const seen = counted(text.replace(/&(?:amp|lt|gt|quot|#x27|nbsp);/g, ' '));
  return [...counted(withoutInstructions(source))]
    .filter(([letter, count]) => (seen.get(letter) ?? 0) < count)
    .map(([letter]) => letter);
}

describe('an answer', () => {
  afterEach(cleanup);

  it.each(answers)('shows $name', ({ text, inline = 0, displays = 0, words = '', table }) => {
    const { container } = render(<Markdown text={text} />);
    const read = readable(container.innerHTML);

    expect(container.querySelectorAll('.katex-error')).toHaveLength(0);
    expect(container.querySelectorAll('.katex-display')).toHaveLength(displays);
    expect(container.querySelectorAll('.katex')).toHaveLength(inline + displays);
    expect(container.querySelectorAll('th')).toHaveLength(table?.columns ?? 0);
    expect(container.querySelectorAll('tbody tr')).toHaveLength(table?.rows ?? 0);
    for (const formula of read.querySelectorAll('.katex')) formula.remove();
    expect(read.textContent).toContain(words);
    expect(missing(text, container.innerHTML)).toEqual([]);
  });

  it.each(answers)('loses nothing of $name at any length', ({ text }) => {
    for (let length = 0; length <= text.length; length += 1) {
      const part = text.slice(0, length);
      const html = renderToStaticMarkup(<Markdown text={part} />);
      expect({ part, missing: missing(part, html) }).toEqual({ part, missing: [] });
    }
  });

  it.each(answers)('shows no half formula of $name while it is written', ({ text }) => {
    const whole = render(<Markdown text={text} />).container;
    const most = whole.querySelectorAll('.katex').length;
    const sources = whole.querySelectorAll('.formula-source').length;
    const view = render(<GrowingMarkdown text="" />);
    let before = 0;
    for (let length = 0; length <= text.length; length += 1) {
      const part = text.slice(0, length);
      view.rerender(<GrowingMarkdown text={part} />);
      const { innerHTML } = view.container;
      expect({ part, missing: missing(upToOpen(part), innerHTML) }).toEqual({ part, missing: [] });
      expect(view.container.querySelectorAll('.formula-source').length).toBeLessThanOrEqual(sources);
      const drawn = view.container.querySelectorAll('.katex').length;
      expect(drawn).toBeGreaterThanOrEqual(before);
      before = drawn;
    }
    expect(before).toBeLessThanOrEqual(most);
  });
});

describe('a formula', () => {
  it.each([
    [String.raw`\[\begin{tabular}{c|c}1 & 2 \\ \hline 3 & 4\end{tabular}\]`, 1, ''],
    [String.raw`\(\color{blue}{x} + \textcolor{red}{y} + \colorbox{yellow}{$z$}\)`, 1, ''],
    [String.raw`see \(\require{cancel} \cancel{x}\) here`, 1, 'see  here'],
    [
      'H<sub>2</sub>O and \\(x\\) <!-- no --> &lt;b&gt; &amp; $y$',
      2,
      'H<sub>2</sub>O and  <!-- no --> <b> & ',
    ],
    ['see https://example.test/?a=$b&c=$d', 0, 'see https://example.test/?a=$b&c=$d'],
    ['see [x](https://example.test/$e$) and $f$', 1, 'see x and '],
  ])('is drawn in %s', (text, formulas, words) => {
    const { container } = render(<Markdown text={text} />);
    const read = readable(container.innerHTML);

    expect(container.querySelectorAll('.katex')).toHaveLength(formulas);
    expect(container.querySelectorAll('.katex-error, .formula-source')).toHaveLength(0);
    for (const formula of read.querySelectorAll('.katex')) formula.remove();
    expect(read.textContent).toBe(words);
  });
});

describe('a long answer', () => {
  const paragraph = 'Subtract \\(1\\), then divide by $3$:\n\n\\[\nx = \\frac{9}{3}\n\\]\n\n';

  it('is shown in blocks, of which only the last is rendered again', () => {
    const view = render(<GrowingMarkdown text={paragraph.repeat(3)} />);
    const before = [...view.container.querySelectorAll('.katex-display')];
    view.rerender(<GrowingMarkdown text={paragraph.repeat(3) + 'So'} />);
    const after = [...view.container.querySelectorAll('.katex-display')];

    expect(before).toHaveLength(3);
    expect(after.every((display, index) => display === before[index])).toBe(true);
    expect(view.container.textContent).toContain('So');
  });

  it.each([
    ['the same', paragraph],
    ['opening brackets', '\\( \\[ { '],
    // A formula in single dollars is sought in as many characters as it may have.
    ['dollars', '$a {', 60_000],
    // The window that one environment may fill is small enough to hide its being read again in a shorter text.
    ['environments', '\\begin{align} ', 10_000_000],
    ['backticks', '` `` ``` '],
    ['pipes', '| $ | '],
    ['quotes', '> '.repeat(9_999) + '$ ` \n'],
    ['listed quotes', '> '.repeat(1_000) + '$ '.repeat(9_000)],
  ])("with %s again and again is read within the test's time", (_, part, length = 1_000_000) => {
    // What reads the text again at each beginning takes minutes for it.
    const text = part.repeat(length / part.length);
    const { text: rest, masked } = mask(text);

    const source = rest.replace(mark, (_mark, index: string) => masked[Number(index)]?.source ?? '');
    expect(source === text).toBe(true);
  });
});
