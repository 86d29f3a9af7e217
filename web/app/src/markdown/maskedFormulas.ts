import type { Node, Parent, PhrasingContent, Root, RootContent, Text } from 'mdast';
import { type Masked, mark } from './formulas.ts';
import { isLoneFormula } from './loneFormula.ts';

/**
 * Puts what was masked back into the tree: formulas as nodes of their own, the rest as it was written. Raw HTML becomes
 * the text it is written as, because the sanitiser would drop it, and an answer must lose no words.
 */
export function maskedFormulas(masked: readonly Masked[]): (tree: Root) => void {
  return (tree) => new Restorer(masked).restore(tree, { inParagraph: false, inCell: false });
}

type Place = { readonly inParagraph: boolean; readonly inCell: boolean };

const blocks = new Set(['root', 'blockquote', 'list', 'listItem', 'footnoteDefinition']);
const lineBreak = /^<\/?br(?:\s[^<>]*)?\/?>$/i;

class Restorer {
  readonly #masked: readonly Masked[];

  constructor(masked: readonly Masked[]) {
    this.#masked = masked;
  }

  restore(parent: Parent, { inParagraph, inCell }: Place): void {
    parent.children = parent.children.flatMap((child): RootContent[] => {
      if (child.type === 'text') return this.#pieces(child.value, inCell);
      if (child.type === 'html') {
        if (inCell && lineBreak.test(child.value)) return [{ type: 'break' }];
        const pieces = this.#pieces(child.value, inCell);
        return inParagraph ? pieces : [{ type: 'paragraph', children: pieces }];
      }
      this.#restoreFields(child);
      if (child.type === 'code' && isLoneFormula(child.lang ?? null, child.value))
        return [{ type: 'paragraph', children: [formula({ source: child.value, kind: 'display' }, inCell)] }];
      // Cells beyond the header's would be dropped.
      if (child.type === 'table') {
        const columns = Math.max(...child.children.map((row) => row.children.length));
        child.align = Array.from({ length: columns }, (_, column) => child.align?.[column] ?? null);
      }
      if (isParent(child))
        this.restore(child, {
          inParagraph: !blocks.has(child.type),
          inCell: inCell || child.type === 'tableCell',
        });
      return [child];
    });
  }

  #pieces(text: string, inCell: boolean): PhrasingContent[] {
    const pieces: PhrasingContent[] = [];
    let end = 0;
    for (const found of text.matchAll(mark)) {
      const one = this.#masked[Number(found[1])];
      if (one === undefined) continue;
      if (found.index > end) pieces.push(textOf(text.slice(end, found.index)));
      pieces.push(one.kind === 'literal' ? textOf(one.source) : formula(one, inCell));
      end = found.index + found[0].length;
    }
    if (end < text.length) pieces.push(textOf(text.slice(end)));
    return pieces;
  }

  /** Code, addresses and titles have what was written. */
  #restoreFields(node: Node): void {
    for (const [name, value] of Object.entries(node))
      if (typeof value === 'string' && value.includes('\uE000'))
        Reflect.set(
          node,
          name,
          value.replace(mark, (whole, index: string) => this.#masked[Number(index)]?.source ?? whole),
        );
  }
}

function textOf(value: string): Text {
  return { type: 'text', value };
}

/** A cell has no room of its own for a display. */
function formula({ source, kind }: Masked, inCell: boolean): PhrasingContent {
  const isDisplay = kind === 'display' && !inCell;
  return {
    type: 'inlineCode',
    value: source,
    data: { hProperties: { className: [isDisplay ? 'math-display' : 'math-inline'] } },
  };
}

function isParent(node: Node): node is Parent {
  return 'children' in node;
}
