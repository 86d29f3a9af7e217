// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Markdown } from './Markdown.tsx';

function htmlOf(text: string): string {
  return render(<Markdown text={text} />).container.innerHTML;
}

describe('Markdown', () => {
  afterEach(cleanup);

  it.each([
    ['in a paragraph', 'Try <script>alert(1)</script> now', 'Try <script>alert(1)</script> now'],
    ['as a block', '<script>\nalert(1)\n</script>', '<script>\nalert(1)\n</script>'],
    ['in a list item', '- <img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('shows HTML %s as text', (_, text, shown) => {
    const { container } = render(<Markdown text={text} />);

    expect(container.textContent).toContain(shown);
    expect(container.querySelector('script, img, [onerror]')).toBeNull();
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '/admin/', '//evil.test'])(
    'makes no link to %s',
    (address) => {
      render(<Markdown text={`[words](${address})`} />);

      expect(screen.getByText('words').closest('a')).toBeNull();
    },
  );

  it.each(['https://example.test/', 'http://example.test/', 'mailto:a@example.test'])(
    'links safely to %s',
    (href) => {
      render(<Markdown text={`[words](${href})`} />);
      const link = screen.getByRole('link', { name: 'words' });

      expect(link.getAttribute('href')).toBe(href);
      expect(link.getAttribute('rel')).toBe('noopener noreferrer');
      expect(link.getAttribute('target')).toBe('_blank');
    },
  );

  it('loads no pictures', () => {
    expect(htmlOf('![a cat](https://evil.test/cat.png)')).not.toContain('evil.test');
  });

  it('renders tables with LaTeX in them', () => {
    render(<Markdown text={'| f | at 2 |\n|---|---|\n| \\(|x|\\) | 2 |'} />);
    const table = screen.getByRole('table');

    expect(within(table).getAllByRole('columnheader')).toHaveLength(2);
    expect(table.querySelector('.katex annotation')?.textContent).toBe('|x|');
  });

  it('renders inline and display LaTeX, and leaves code and money alone', () => {
    const { container } = render(
      <Markdown text={'\\(x^2\\) costs $5 or $6\n\n\\[\\frac{1}{2}\\]\n\n`\\(y\\)`'} />,
    );

    expect(container.querySelectorAll('.katex')).toHaveLength(2);
    expect(container.querySelectorAll('.katex-display')).toHaveLength(1);
    expect(container.querySelector('code')?.textContent).toBe(String.raw`\(y\)`);
    expect(container.textContent).toContain('costs $5 or $6');
  });

  it('keeps LaTeX from making links or loading files', () => {
    const html = htmlOf(
      String.raw`\(\href{javascript:alert(1)}{x}\) \(\includegraphics{https://evil.test/a.png}\)`,
    );

    expect(html).not.toMatch(/href="|<img/);
  });

  it('shows broken LaTeX instead of failing', () => {
    expect(htmlOf(String.raw`\(\frac{1}\)`)).toContain(String.raw`\frac{1}`);
  });
});
