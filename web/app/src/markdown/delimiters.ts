type Search = {
  readonly from: number;
  readonly limit: number;
  readonly close: string;
  /** A second opening before the close means that the first one is none. */
  readonly open: string | null;
};

/** Another formula begins first, so the one before it has no end. */
export const interrupted = -2;

/** The index of a formula's closing delimiter. -1: not found before the limit, or [interrupted]. */
export function closeOf(text: string, { from, limit, close, open }: Search): number {
  let depth = 0;
  let inBraces = -1;
  let hasBlankLine = false;
  for (let at = from; at < limit; at += 1) {
    if (text.startsWith(close, at)) {
      if (depth <= 0) return at;
      // A formula within \text{…} has delimiters too. Where the braces never close, this was the end after all.
      if (inBraces < 0) inBraces = at;
    } else if (open !== null && text.startsWith(open, at) && (depth <= 0 || hasBlankLine)) return interrupted;
    switch (text[at]) {
      case '\\':
        at += 1;
        break;
      case '{':
        depth += 1;
        break;
      case '}':
        depth -= 1;
        break;
      case '\n':
        hasBlankLine ||= /^\n[ \t]*\n/.test(text.slice(at, at + 80));
        break;
    }
  }
  return inBraces;
}

/** Spaces at both ends are for formulas only if nothing but a formula has such characters. */
const spaced = /^ [^$]*(?:\\[A-Za-z]|[\^_=])[^$]* $/;

/** Nothing but a formula has these. */
const isMarked = /\\[A-Za-z]|[\^_=]/;

/**
 * The index of the dollar that closes a formula with single dollars; -1 when there is none before the limit, or
 * [interrupted] when the next dollar cannot close one. As in Pandoc, the opening dollar has no space after it, the
 * closing one has none before it and no digit after it: `$5 and $10` is money. `$ x = 5 $` is a formula all the same.
 */
export function closeOfDollar(text: string, from: number, limit: number): number {
  if (from >= text.length) return -1;
  const end = closeOf(text, { from, limit, close: '$', open: null });
  if (end < 0) return end;
  const startsBlock = /\n[ \t]*(?:[-*+>|#]|\d+[.)])/;
  const content = text.slice(from, end);
  const after = text.slice(end + 1, end + 3);
  const endsOpenly = isMarked.test(content) ? /(?<!\\)[([{]$/ : /(?<!\\)[([{,;:]$/;
  const isAmountBehind = !/^\\[A-Za-z]|^\^/.test(content) && /^\.?\d/.test(after);
  const isTight =
    !/^\s|\s$/.test(content) && !endsOpenly.test(content) && !isAmountBehind && !after.startsWith('$');
  const closes = isTight || spaced.test(content);
  return closes && !startsBlock.test(content) ? end : interrupted;
}

/** Whether what stands between two single dollars is a formula rather than a sentence between two amounts. */
export function isFormula(content: string): boolean {
  const words = plainWords(content);
  return startsWithAmount.test(content.trim()) ? words === 0 : words < 3;
}

/** Whether a text after a dollar may still become a formula while it grows. */
export function couldBeFormula(tail: string): boolean {
  if (/^\s(?![^$]*[\\^_=])/.test(tail) || tail.includes('\n')) return false;
  if (/^[\d.,]+(?:[.,;:!?)]?\s|[.,]?\s*$)/.test(tail) && !/[\\^_=+*/<>-]/.test(tail)) return tail.length < 3;
  return isFormula(tail);
}

const startsWithAmount = /^\d[\d.,]*(?![\d.,]*\\)/;

/** The number of words that are neither commands nor within them. */
function plainWords(content: string): number {
  const plain = content
    .replace(/\\(?:text\w*|mbox|mathrm|operatorname\*?|begin|end)\s*\{[^{}]*\}/g, ' ')
    .replace(/\\[A-Za-z]+|\\./g, ' ');
  return plain.match(/(?<![A-Za-z])[A-Za-z]{2,}(?![A-Za-z])/g)?.length ?? 0;
}
