import { type ReactElement, Suspense, lazy } from 'react';

// Markdown and KaTeX weigh more than the pages that use this, and few texts have formulas.
const Markdown = lazy(async () => ({ default: (await import('./Markdown.tsx')).Markdown }));

const mayHaveFormula = /\\[([]|\\begin\{|\$/;

/** A sentence of a model; formulas in it are drawn. */
export function ModelText({ text }: { readonly text: string }): ReactElement {
  if (!mayHaveFormula.test(text)) return <>{text}</>;
  return (
    <Suspense fallback={text}>
      <Markdown text={text} inline />
    </Suspense>
  );
}
