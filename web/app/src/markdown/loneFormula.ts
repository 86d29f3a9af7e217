import { mask } from './formulas.ts';
import { draw, withoutDelimiters } from './tex.ts';

const document =
  /\\(?:documentclass|usepackage|section|item|begin\{(?:document|itemize|enumerate|table|tabular|figure)\})/;

/** Whether a fence in this language contains one formula, and neither a document nor sentences. */
export function isLoneFormula(language: string | null, content: string): boolean {
  if (content.trim() === '') return false;
  if (language === 'math') return true;
  if (language !== 'latex' && language !== 'katex') return false;
  if (document.test(content)) return false;
  const inner = withoutDelimiters(content);
  const words = inner.replace(/\\[A-Za-z]+\*?(?:\s*\{[^{}]*\})?/g, ' ').match(/[A-Za-z]{3,}\s+[A-Za-z]{2,}/);
  const isOne = inner !== content || mask(content).masked.every(({ source }) => source === content.trim());
  return words === null && isOne && draw(content, true) !== null;
}
