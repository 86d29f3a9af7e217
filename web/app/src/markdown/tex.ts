import { type KatexOptions, renderToString } from 'katex';

const options: KatexOptions = {
  trust: false,
  strict: 'ignore',
  maxExpand: 1_000,
  maxSize: 40,
  errorColor: 'var(--color-bad)',
};

/** The HTML of a formula as KaTeX builds it; null where it cannot be drawn without leaving something out. */
export function draw(source: string, isDisplay: boolean): string | null {
  const tex = withoutDelimiters(source);
  // Without trust KaTeX shows the names of these commands and drops their arguments.
  if (/\\(?:href|url|includegraphics|html[A-Z][a-z]*)(?![A-Za-z])/.test(tex)) return null;
  const rows = isDisplay && needsRows(tex) ? `\\begin{aligned}${tex}\\end{aligned}` : tex;
  const written = escaped(rows.includes('\\tag') ? rows : unnumbered(rows));
  return (
    attempt(written, isDisplay, true) ??
    attempt(nestable(written), isDisplay, true) ??
    attempt(nestable(written), isDisplay, false)
  );
}

/** `throwOnError: false` shows commands that KaTeX does not know as their source, and draws the rest. */
function attempt(tex: string, displayMode: boolean, throwOnError: boolean): string | null {
  try {
    const html = renderToString(tex, { ...options, displayMode, throwOnError });
    return html.includes('class="katex-error"') ? null : html;
  } catch {
    return null;
  }
}

const delimiters: readonly RegExp[] = [
  /^\\\(([\s\S]*)\\\)$/,
  /^\\\[([\s\S]*)\\\]$/,
  /^\$\$([\s\S]*)\$\$$/,
  /^\$`([\s\S]*)`\$$/,
  /^\$([\s\S]*)\$$/,
];

/** What stands between the delimiters of a formula. */
export function withoutDelimiters(source: string): string {
  const trimmed = source.trim();
  for (const delimiter of delimiters) {
    const content = delimiter.exec(trimmed)?.[1];
    if (content !== undefined) return content;
  }
  return source;
}

/** Whether `&` and `\\` are used without an environment around them, as models do. */
function needsRows(tex: string): boolean {
  return /(?<!\\)&\s*(?:[=<>]|\\[a-z])/.test(tex) && !tex.includes('\\begin');
}

/** Numbers would go on from one answer to the next. */
function unnumbered(tex: string): string {
  return tex.replace(/(\\(?:begin|end)\{(?:align|alignat|gather|equation))\}/g, '$1*}');
}

/** Environments that stand only at the top of a display, as those that stand anywhere. */
function nestable(tex: string): string {
  const columns = tex.replace(/\\begin\{eqnarray\*?\}/g, String.raw`\begin{array}{rcl}`);
  return columns.replace(/\\(begin|end)\{(\w+)\*?\}/g, (whole, border: string, name: string) => {
    const other = nested[name];
    return other === undefined ? whole : `\\${border}{${other}}`;
  });
}

const nested: Readonly<Record<string, string>> = {
  displaymath: 'gathered',
  math: 'gathered',
  subequations: 'gathered',
  align: 'aligned',
  alignat: 'alignedat',
  flalign: 'aligned',
  eqnarray: 'array',
  gather: 'gathered',
  multline: 'gathered',
  equation: 'gathered',
  tabular: 'array',
};

const token = /\\(?:begin|end)\{[^{}]*\}|\\[A-Za-z]+\*?|\\[\s\S]|[{}$%#&_^]|[^\\{}$%#&_^]+|\\/g;
const textCommand = /^\\(?:text(?:rm|bf|it|sf|tt|up|md|normal)?|[mhf]box|tag\*?)$/;
const definition = /^\\(?:(?:re)?newcommand|providecommand|[gex]?def)\*?$/;
const formulaInText = /\$[^\s$%#&{}](?:[^$%#&{}]*[^\s$%#&{}])?\$(?!\d)/y;

/**
 * The formula with a backslash before every character that TeX would take for something else than itself: the begin
 * of a comment, a parameter, a column outside of a table, the end of the formula.
 */
function escaped(tex: string): string {
  const groups: ('math' | 'text')[] = [];
  let [written, environments, before] = ['', 0, ''];
  const parameters = (tex.match(token) ?? []).some((part) => definition.test(part));
  token.lastIndex = 0;
  for (let found = token.exec(tex); found !== null; found = token.exec(tex)) {
    const [part] = found;
    const isText = groups.at(-1) === 'text';
    if (part === '{') groups.push(isText || textCommand.test(before) ? 'text' : 'math');
    else if (part === '}') groups.pop();
    else if (part.startsWith('\\begin{')) environments += 1;
    else if (part.startsWith('\\end{')) environments -= 1;
    if (isText && part === '$') {
      formulaInText.lastIndex = found.index;
      const inner = formulaInText.exec(tex)?.[0];
      if (inner !== undefined) token.lastIndex = found.index + inner.length;
      written += inner ?? '\\$';
    } else if (part === '#') written += parameters ? part : '\\#';
    else if (part === '$' || part === '%') written += `\\${part}`;
    else if (part === '&') written += environments > 0 && !isText ? part : '\\&';
    else if (isText && part === '_') written += '\\_';
    else if (isText && part === '^') written += '\\textasciicircum ';
    else written += part;
    if (part.trim() !== '') before = part;
  }
  return written;
}
