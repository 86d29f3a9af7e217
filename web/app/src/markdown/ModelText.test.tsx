// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { ModelText } from './ModelText.tsx';

afterEach(cleanup);

it('draws the formulas of a sentence', async () => {
  const { container } = render(
    <p>
      <ModelText text={String.raw`Revise \(\frac{1}{2}mv^2\) and $F = ma$; a book costs $5.`} />
    </p>,
  );
  await screen.findByText(/Revise/);
  await expect.poll(() => container.querySelectorAll('.katex').length, { timeout: 15_000 }).toBe(2);

  expect(container.textContent).toContain('a book costs $5.');
  expect(container.querySelector('p p, p div')).toBeNull();
});

it('shows a sentence without formulas as it is', () => {
  render(<ModelText text="Revise 2*3*4 and <b>units</b>." />);

  expect(screen.getByText('Revise 2*3*4 and <b>units</b>.')).toBeDefined();
});
