import { mask } from './formulas.ts';

/** A formula longer than this without its end is taken for text. */
const longest = { display: 4_000, inline: 400, code: 200 };

/** What may become a formula, a line break or a table with the next characters. */
const beginnings: readonly RegExp[] = [
  /\\(?:b(?:e(?:g(?:i(?:n(?:\{[a-zA-Z]{0,11}\*?)?)?)?)?)?)?$/,
  /<\/?(?:b(?:r\s*\/?)?)?$/i,
  /(?<![^\n]\n)(?<=^|\n)[ \t]*\|[^\n]*(?:\n[ \t|:-]*)?$/,
];

/** The part of a growing answer before a formula or a table that has only begun: it would be shown as its source. */
export function upToOpen(markdown: string): string {
  const { openAt } = mask(markdown);
  const tail = markdown.slice(openAt);
  const isDisplay = /^(?:\$\$|\\\[|\\begin|[`~]{3})/.test(tail);
  const limit = isDisplay ? longest.display : tail.startsWith('`') ? longest.code : longest.inline;
  let shown = tail.length > limit ? markdown : markdown.slice(0, openAt);
  for (const beginning of beginnings) {
    const begun = beginning.exec(shown.slice(-longest.inline))?.[0] ?? '';
    shown = shown.slice(0, shown.length - begun.length);
  }
  return shown;
}

/** A block that begins so belongs to a list or a quote before it, or is not known well enough yet. */
const continues = /^(?:\d{0,9}(?:[.)]|$)|[-*+>](?:\s|$)|\s|$)/;

/** The blocks of a growing answer. Those before the last do not change any more, so they are rendered once. */
export class GrowingBlocks {
  #settled: readonly string[] = [];
  #prefix = '';

  /** The settled blocks, and the text after them. */
  take(text: string): { readonly settled: readonly string[]; readonly rest: string } {
    if (!text.startsWith(this.#prefix)) [this.#settled, this.#prefix] = [[], ''];
    const rest = text.slice(this.#prefix.length);
    const { cuts, openAt } = mask(rest);
    const cut = cuts.findLast((at) => at < openAt && !continues.test(rest.slice(at).trimStart()));
    if (cut === undefined) return { settled: this.#settled, rest };
    this.#settled = [...this.#settled, rest.slice(0, cut)];
    this.#prefix = text.slice(0, this.#prefix.length + cut);
    return { settled: this.#settled, rest: rest.slice(cut) };
  }
}
