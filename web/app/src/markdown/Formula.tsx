import { type ReactElement, memo } from 'react';
import { draw } from './tex.ts';
import 'katex/dist/katex.min.css';

type FormulaProps = { readonly source: string; readonly isDisplay: boolean };

/** A formula; where it cannot be drawn, what was written. */
export const Formula = memo(function Formula({ source, isDisplay }: FormulaProps): ReactElement {
  const html = draw(source, isDisplay);
  if (html === null) return <code className="formula-source">{source}</code>;
  // KaTeX escapes what it is given and, untrusted, makes neither links nor pictures.
  return <span dangerouslySetInnerHTML={{ __html: html }} />;
});
