const fencedCode =
  /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?<fence>`{3,}|~{3,})[\s\S]*?(?:\n[ \t>]*\k<fence>[`~]*[ \t]*$|(?![\s\S]))/;
const escaped = /\\[\\`]/;
const inlineCode = /(?<!`)(?<ticks>`+)(?!`)(?:(?!\n\s*\n)[\s\S])*?(?<!`)\k<ticks>(?!`)/;
const inlineMath = /\\\((?<inline>(?:(?!\n\s*\n|\\\()[\s\S])+?)\\\)/;
const displayMath = /\\\[(?<display>(?:(?!\\\[)[\s\S])+?)\\\]/;

// One pass from the left: code and escapes are matched first, so they are not taken for mathematics.
const parts = new RegExp(
  [fencedCode, escaped, inlineCode, inlineMath, displayMath].map((part) => part.source).join('|'),
  'gm',
);

/**
 * Rewrites `\( \)` and `\[ \]`, which Markdown takes for escaped brackets, to the `$$` that remark-math reads. Code
 * stays as it is. Single dollars stay as they are: in word problems they are money.
 */
export function withDollarMath(markdown: string): string {
  let rewritten = '';
  let end = 0;
  for (const match of markdown.matchAll(parts)) {
    const { inline, display } = match.groups ?? {};
    const after = match.index + match[0].length;
    const line = lineAround(markdown, match.index, after);
    rewritten += markdown.slice(end, match.index);
    if (inline !== undefined) rewritten += inlineDollars(inline, line);
    else if (display !== undefined) rewritten += displayDollars(display, line);
    else rewritten += match[0];
    end = after;
  }
  return rewritten + markdown.slice(end);
}

/** A formula longer than this without its end is taken for text. */
const longFormula = 400;

/** The part of a growing answer before an unfinished formula, which would be shown as its source. */
export function upToOpenMath(markdown: string): string {
  const start = Math.max(markdown.lastIndexOf('\\('), markdown.lastIndexOf('\\['));
  const tail = markdown.slice(start);
  const isOpen = start >= 0 && tail.length <= longFormula && !/\\[)\]]/.test(tail);
  return isOpen ? markdown.slice(0, start) : markdown.replace(/\\$/, '');
}

type Line = { readonly before: string; readonly after: string };

function lineAround(text: string, start: number, end: number): Line {
  const lineEnd = text.indexOf('\n', end);
  return {
    before: text.slice(text.lastIndexOf('\n', start - 1) + 1, start),
    after: text.slice(end, lineEnd < 0 ? undefined : lineEnd),
  };
}

function inlineDollars(math: string, line: Line): string {
  return `$$${isTableRow(line) ? withoutPipes(math) : math}$$`.replace(/\s+/g, ' ');
}

function displayDollars(math: string, line: Line): string {
  if (isTableRow(line)) return inlineDollars(math, line);
  const marker = /^(?:[ \t>]|(?:[-*+]|\d+[.)])[ \t]+)*/.exec(line.before)?.[0] ?? '';
  // A list marker must not be repeated, but what follows must stay inside its item.
  const margin = marker.replace(/[^>\s]/g, ' ');
  const lines = math.split('\n').map((row) => row.replace(/^[ \t]*(?:>[ \t]+)*/, '').trim());
  const block = ['$$', ...lines.filter((row) => row !== ''), '$$'].join(`\n${margin}`);
  const lead = line.before === marker ? '' : `\n${margin}`;
  const tail = line.after.trim() === '' ? '' : `\n${margin}`;
  return lead + block + tail;
}

function isTableRow({ before }: Line): boolean {
  return /^\s*\|/.test(before);
}

/** A pipe would end the table cell before mathematics is looked for. */
function withoutPipes(math: string): string {
  return math.replace(/\\\|/g, String.raw`\Vert `).replace(/\|/g, String.raw`\vert `);
}
