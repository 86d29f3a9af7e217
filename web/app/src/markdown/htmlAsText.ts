import type { Node, Parent, Root } from 'mdast';

/** Turns raw HTML into the text it is written as: the sanitiser would drop it, and an answer must lose no words. */
export function htmlAsText(): (tree: Root) => void {
  return (tree) => rewrite(tree, false);
}

function rewrite(parent: Parent, inParagraph: boolean): void {
  parent.children = parent.children.map((child) => {
    if (child.type === 'html') {
      const text = { type: 'text' as const, value: child.value };
      return inParagraph ? text : { type: 'paragraph' as const, children: [text] };
    }
    if (isParent(child)) rewrite(child, !blocks.has(child.type));
    return child;
  });
}

const blocks = new Set(['root', 'blockquote', 'list', 'listItem', 'footnoteDefinition']);

function isParent(node: Node): node is Parent {
  return 'children' in node;
}
