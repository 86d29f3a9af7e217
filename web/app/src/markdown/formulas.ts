import { closeOf, closeOfDollar, couldBeFormula, isFormula } from './delimiters.ts';

/** What Markdown must not read: a formula, or characters that are shown as they were written. */
export type Masked = {
  /** As written, with its delimiters. */
  readonly source: string;
  readonly kind: 'inline' | 'display' | 'literal';
};

export type MaskedText = {
  /** The text with a mark in place of everything that was masked. */
  readonly text: string;
  readonly masked: readonly Masked[];
  /** Where a formula begins whose end may still come; the length of the text when there is none. */
  readonly openAt: number;
  /** Blank lines at which the text can be cut: outside of code and formulas. */
  readonly cuts: readonly number[];
};

/** Two characters for private use enclose the index of what they stand for. Markdown takes them for letters. */
export const mark = /\uE000(\d+)\uE001/g;

type Part =
  | { readonly end: number; readonly kind: Masked['kind']; readonly isOpen?: boolean }
  | { readonly end: number; readonly kind: 'code' | 'text'; readonly isOpen?: boolean };

/** Longer formulas are taken for text, so that a text full of beginnings takes no longer than another one. */
const longest = { display: 10_000, inline: 1_000 };

const environment =
  /\\begin\{((?:align|alignat|aligned|alignedat|gather|gathered|equation|multline|flalign|eqnarray|displaymath|math|subequations|split|cases|dcases|rcases|array|[pbBvV]?matrix|smallmatrix|CD)\*?)\}/y;

/** A dollar in an address belongs to it, as far as is looked back. */
const address = /(?:https?:\/\/|www\.)\S*$/i;
const longestAddress = 200;

const marginOfLine = /(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])[ \t])*/y;

/** Masks the formulas of an answer; code stays as it is. Takes time that is linear in the text's length. */
export function mask(markdown: string): MaskedText {
  const masked: Masked[] = [];
  const cuts: number[] = [];
  let [text, end, openAt] = ['', 0, markdown.length];
  const special = /[`~\\$\uE000\uE001]|\n[ \t]*\n/g;
  const reader = new Reader(markdown);
  for (let found = special.exec(markdown); found !== null; found = special.exec(markdown)) {
    const at = found.index;
    if (found[0].startsWith('\n')) {
      cuts.push(at);
      special.lastIndex = at + found[0].length - 1;
      continue;
    }
    const part = reader.partAt(at);
    if (part.isOpen && at < openAt) openAt = at;
    special.lastIndex = part.end;
    if (part.kind === 'code' || part.kind === 'text') continue;
    const written = withoutMargin(markdown.slice(at, part.end), reader.marginOf(at));
    text += `${markdown.slice(end, at)}\uE000${masked.length}\uE001`;
    const stop = part.kind === 'display' ? punctuationAt(markdown, part.end) : '';
    masked.push({ source: withPunctuation(written, stop), kind: part.kind });
    end = part.end + stop.length;
    special.lastIndex = end;
  }
  return { text: text + markdown.slice(end), masked, openAt, cuts };
}

class Reader {
  readonly #text: string;
  readonly #next = new Map<string, number>();
  #paragraphEnd = -1;
  #lineReadTo = 0;
  #lineStart = 0;
  #marginEnd = -1;
  #environmentEnds: ReadonlyMap<number, number> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  partAt(at: number): Part {
    switch (this.#text[at]) {
      case '`':
      case '~':
        return this.#codeAt(at);
      case '\\':
        return this.#backslashAt(at);
      case '$':
        return this.#dollarAt(at);
      default:
        return { kind: 'literal', end: at + 1 };
    }
  }

  /**
   * What comes before on the line, if it is only indentation, quotes and list markers. The places asked for grow, and
   * none of them is a character of a margin.
   */
  marginOf(at: number): string | null {
    const breakAt = this.#text.slice(this.#lineReadTo, at).lastIndexOf('\n');
    if (breakAt >= 0) {
      this.#lineStart = this.#lineReadTo + breakAt + 1;
      this.#marginEnd = -1;
    }
    this.#lineReadTo = at;
    if (this.#marginEnd < 0) {
      marginOfLine.lastIndex = this.#lineStart;
      marginOfLine.test(this.#text);
      this.#marginEnd = marginOfLine.lastIndex;
    }
    return this.#marginEnd === at ? this.#text.slice(this.#lineStart, at) : null;
  }

  #codeAt(at: number): Part {
    const text = this.#text;
    const ticks = runAt(text, at);
    const lineEnd = indexOrEnd(text, '\n', at);
    const info = text.slice(at + ticks.length, lineEnd);
    if (ticks.length >= 3 && !(ticks[0] === '`' && info.includes('`')) && this.marginOf(at) !== null) {
      const close = new RegExp(`\\n[ \\t>]*${ticks}+[ \\t]*(?=\\n|$)`, 'g');
      close.lastIndex = lineEnd;
      const found = close.exec(text);
      if (found !== null) return { kind: 'code', end: found.index + found[0].length };
      return { kind: 'code', end: text.length, isOpen: /^\s*(?:math|latex|katex)\s*$/.test(info) };
    }
    if (ticks[0] === '`') {
      const limit = this.#endOfParagraph(at);
      for (let next = at + ticks.length; (next = text.indexOf(ticks, next)) >= 0 && next < limit;) {
        const run = runAt(text, next);
        next += run.length;
        if (run.length === ticks.length) return { kind: 'code', end: next };
      }
      return { kind: 'text', end: at + ticks.length, isOpen: limit === text.length };
    }
    return { kind: 'text', end: at + ticks.length };
  }

  #backslashAt(at: number): Part {
    const text = this.#text;
    const next = text[at + 1];
    if (next === '(') {
      const limit = this.#endOfParagraph(at);
      return this.#delimited(at, { open: '\\(', close: '\\)', kind: 'inline', limit });
    }
    if (next === '[')
      return this.#delimited(at, { open: '\\[', close: '\\]', kind: 'display', limit: text.length });
    environment.lastIndex = at;
    const name = environment.exec(text)?.[1];
    if (name === undefined) return { kind: 'text', end: Math.min(at + 2, text.length) };
    return this.#environmentAt(at, name);
  }

  #delimited(
    at: number,
    { open, close, kind, limit }: { open: string; close: string; kind: 'inline' | 'display'; limit: number },
  ): Part {
    const text = this.#text;
    const from = at + open.length;
    const last = Math.min(limit, from + longest[kind]);
    const end = this.#nextOf(close, from) < last ? closeOf(text, { from, limit: last, close, open }) : -1;
    if (end > from && text.slice(from, end).trim() !== '') return { kind, end: end + close.length };
    return {
      kind: 'literal',
      end: from,
      isOpen: end === -1 && last === text.length && this.#nextOf(open, from) === Infinity,
    };
  }

  #environmentAt(at: number, name: string): Part {
    const limit = Math.min(this.#text.length, at + longest.display);
    this.#environmentEnds ??= environmentEnds(this.#text);
    const end = this.#environmentEnds.get(at) ?? Infinity;
    if (end < limit + `\\end{${name}}`.length) return { kind: 'display', end };
    return { kind: 'literal', end: at + `\\begin{${name}}`.length, isOpen: limit === this.#text.length };
  }

  #dollarAt(at: number): Part {
    const text = this.#text;
    const dollars = runAt(text, at);
    const from = at + dollars.length;
    if (dollars.length > 2) return { kind: 'text', end: from };
    if (dollars.length === 2) return this.#doubleDollarAt(at);
    // Behind a digit only a command begins a formula, as in 3$\times$3; everything else is an amount.
    const before = text[at - 1] ?? '';
    if (address.test(text.slice(Math.max(0, at - longestAddress), at))) return { kind: 'text', end: from };
    if (/[A-Za-z]/.test(before) || (/\d/.test(before) && !/^\\[A-Za-z]|^\^/.test(text.slice(from, from + 2))))
      return { kind: 'text', end: from };
    const limit = Math.min(this.#endOfParagraph(at), from + longest.inline);
    const ticked = /`([^`\n]+)`\$/y;
    ticked.lastIndex = from;
    if (ticked.test(text)) return { kind: 'inline', end: ticked.lastIndex };
    const end = closeOfDollar(text, from, limit);
    // A digit may follow: then the two dollars belong to amounts.
    if (end > from && isFormula(text.slice(from, end)))
      return { kind: 'inline', end: end + 1, isOpen: end + 1 === text.length };
    const isOpen = end === -1 && limit === text.length && couldBeFormula(text.slice(from));
    return { kind: 'text', end: from, isOpen };
  }

  #doubleDollarAt(at: number): Part {
    const text = this.#text;
    const from = at + 2;
    const startsLine = this.marginOf(at) !== null;
    const last = startsLine ? text.length : this.#endOfParagraph(at);
    const limit = Math.min(last, from + longest.display);
    const end = closeOf(text, { from, limit, close: '$$', open: null });
    const content = text.slice(from, end);
    if (end < 0 || content.trim() === '' || /^[)\].,;:!?]/.test(content))
      return { kind: 'text', end: from, isOpen: end < 0 && limit === text.length };
    const after = text.slice(end + 2, indexOrEnd(text, '\n', end));
    const isAlone = startsLine && /^[ \t]*[.,;:]?[ \t]*$/.test(after);
    return { kind: isAlone || content.includes('\n') ? 'display' : 'inline', end: end + 2 };
  }

  /** The index of the delimiter's next occurrence. Searches go forward only, so together they read the text once. */
  #nextOf(delimiter: string, from: number): number {
    const known = this.#next.get(delimiter) ?? -1;
    if (known >= from) return known;
    const index = this.#text.indexOf(delimiter, from);
    const next = index < 0 ? Infinity : index;
    this.#next.set(delimiter, next);
    return next;
  }

  #endOfParagraph(at: number): number {
    if (at < this.#paragraphEnd) return this.#paragraphEnd;
    const blank = /\n[ \t>]*\n/g;
    blank.lastIndex = at;
    this.#paragraphEnd = blank.exec(this.#text)?.index ?? this.#text.length;
    return this.#paragraphEnd;
  }
}

/** Where each environment ends that ends at all, by where it begins. Environments of one name are within each other. */
function environmentEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open = new Map<string, number[]>();
  for (const found of text.matchAll(/\\(begin|end)\{([A-Za-z]+\*?)\}/g)) {
    const [border, kind, name = ''] = found;
    const begins = open.get(name) ?? [];
    open.set(name, begins);
    if (kind === 'begin') begins.push(found.index);
    else {
      const begin = begins.pop();
      if (begin !== undefined) ends.set(begin, found.index + border.length);
    }
  }
  return ends;
}

/** A full stop or the like right behind a display, which would stand alone on the line below it. */
function punctuationAt(text: string, at: number): string {
  return /^[.,;:](?=\s|$)/.exec(text.slice(at, at + 2))?.[0] ?? '';
}

function withPunctuation(source: string, punctuation: string): string {
  return punctuation === ''
    ? source
    : source.replace(/\s*(\\\]|\$\$)?$/, (close) => punctuation + close.trim());
}

function runAt(text: string, at: number): string {
  let end = at + 1;
  while (text[end] === text[at]) end += 1;
  return text.slice(at, end);
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index < 0 ? text.length : index;
}

/** The lines of a formula without the quote marks that each of them repeats. */
function withoutMargin(source: string, margin: string | null): string {
  const quotes = margin?.replace(/[^>]/g, '').length ?? 0;
  if (quotes === 0) return source;
  return source.replace(new RegExp(`\\n(?:[ \\t]*>){1,${quotes}} ?`, 'g'), '\n');
}
