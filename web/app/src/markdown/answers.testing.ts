/** An answer as models write it, and what of it is drawn. */
export type Answer = {
  readonly name: string;
  readonly text: string;
  readonly inline?: number;
  readonly displays?: number;
  /** What is read between and beside the formulas. */
  readonly words?: string;
  readonly table?: { readonly columns: number; readonly rows: number };
};

const raw = String.raw;

export const answers: readonly Answer[] = [
  // Row spacing and rows.
  {
    name: 'row spacing',
    text: '\\[\n\\begin{aligned}\n3x + 1 &= 10 \\\\[4pt]\n3x &= 9 \\\\[4pt]\nx &= 3\n\\end{aligned}\n\\]',
    displays: 1,
  },
  {
    name: 'row spacing on one line',
    text: raw`So \[a = 1 \\[2ex] b = 2\] holds`,
    displays: 1,
    words: 'So  holds',
  },
  { name: 'row spacing in dollars', text: '$$\n\\begin{cases} x \\\\[6pt] y \\end{cases}\n$$', displays: 1 },
  {
    name: 'row spacing inline',
    text: raw`a \(\begin{matrix}1\\[3pt]2\end{matrix}\) b`,
    inline: 1,
    words: 'a  b',
  },
  { name: 'a bare align', text: '\\begin{align}\nx &= 1 \\\\\ny &= 2\n\\end{align}', displays: 1 },
  { name: 'a starred align in text', text: 'So\n\\begin{align*}\nx &= 1\n\\end{align*}\nDone', displays: 1 },
  {
    name: 'align in brackets',
    text: '\\[\n\\begin{align*}\nx &= 1 \\\\ y &= 2\n\\end{align*}\n\\]',
    displays: 1,
  },
  { name: 'align in inline brackets', text: raw`so \(\begin{align}x &= 1\end{align}\)`, inline: 1 },
  { name: 'align within a box', text: raw`\[\boxed{\begin{align}x &= 1\end{align}}\]`, displays: 1 },
  { name: 'columns without an environment', text: '\\[\nx &= 1 \\\\\ny &= 2\n\\]', displays: 1 },
  {
    name: 'eqnarray and multline',
    text: raw`\begin{eqnarray}a &=& b\end{eqnarray} \begin{multline}c\end{multline}`,
    displays: 2,
  },
  {
    name: 'a matrix with a nested one',
    text: raw`\begin{pmatrix}1 & \begin{pmatrix}2\end{pmatrix}\end{pmatrix}`,
    displays: 1,
  },
  {
    name: 'an equation with a number',
    text: raw`\begin{equation}E = mc^2 \tag{1}\end{equation}`,
    displays: 1,
  },
  { name: 'a blank line within a display', text: '\\[\nx = 1\n\n+ 2\n\\]', displays: 1 },
  { name: 'lines that look like Markdown', text: '\\[\nx\n= 4\n- 3\n# 2\n> 1\n\\]', displays: 1 },
  {
    name: 'a display in a list',
    text: '1. First\n   \\[\n   x = 1\n   \\]\n2. Second',
    displays: 1,
    words: 'First',
  },
  { name: 'a display in a quote', text: '> \\[\n> x = 1\n> > 0\n> \\]', displays: 1 },
  // Currency.
  {
    name: 'a dollar at the start',
    text: raw`You pay \($4 + $8 = $12\) in all.`,
    inline: 1,
    words: 'You pay  in all.',
  },
  {
    name: 'a dollar at the end',
    text: raw`It is \(12$\) or \[8$\].`,
    inline: 1,
    displays: 1,
    words: 'It is ',
  },
  { name: 'dollars in double dollars', text: raw`$$\$4 + \$8 = \$12$$`, displays: 1 },
  {
    name: 'escaped dollars at both ends',
    text: raw`It is $\$5$ and $x\$$.`,
    inline: 2,
    words: 'It is  and .',
  },
  {
    name: 'money beside a formula',
    text: raw`For $5 you get \(x\) and for $6 \(y\).`,
    inline: 2,
    words: 'For $5 you get ',
  },
  {
    name: 'money before single dollars',
    text: 'It costs $5, so $x = 5$.',
    inline: 1,
    words: 'It costs $5, so ',
  },
  {
    name: 'money after single dollars',
    text: 'With $n$ tickets at $4 each.',
    inline: 1,
    words: ' tickets at $4 each.',
  },
  { name: 'money in words of a formula', text: raw`\[\text{cost} = \text{$5 and $6}\]`, displays: 1 },
  {
    name: 'a formula in words of a formula',
    text: raw`\[y \text{ if $x$ is } 1 \text{, or \(z\)}\]`,
    displays: 1,
  },
  {
    name: 'money',
    text: 'It costs $4 today and $8 tomorrow, so $12 in all.',
    words: 'It costs $4 today and $8 tomorrow, so $12 in all.',
  },
  {
    name: 'a range of money',
    text: 'From $5-$10, or $5/$10, or **$3** and **$4**.',
    words: 'From $5-$10, or $5/$10, or $3 and $4.',
  },
  {
    name: 'money in brackets',
    text: 'A ($4) or B ($6.50). Also US$5 and A$6.',
    words: 'A ($4) or B ($6.50). Also US$5 and A$6.',
  },
  {
    name: 'dollars behind amounts',
    text: 'You owe 5$ and 6$, or 5$-6$.',
    words: 'You owe 5$ and 6$, or 5$-6$.',
  },
  {
    name: 'thousands',
    text: 'Between $1,000 and $2,500.50 (the price is $5, in US$).',
    words: 'Between $1,000 and $2,500.50 (the price is $5, in US$).',
  },
  {
    name: 'price classes',
    text: 'Cafe ($$) and Bistro ($$), then $$$.',
    words: 'Cafe ($$) and Bistro ($$), then $$$.',
  },
  { name: 'escaped money', text: raw`It costs \$5 and \$10.`, words: 'It costs $5 and $10.' },
  { name: 'variables of a shell', text: 'Set $HOME and $PATH first.', words: 'Set $HOME and $PATH first.' },
  // Special characters at the ends.
  { name: 'percent', text: raw`Take \(5% of 20\) and \(50\%\).`, inline: 2, words: 'Take  and .' },
  { name: 'a comment', text: '\\[\nx = 1 % first\n+ 2\n\\]', displays: 1 },
  { name: 'number signs', text: raw`\(# of apples = 3\) and \(\#\)`, inline: 2 },
  { name: 'ampersands', text: raw`\(R & D\) and \(\text{salt & pepper}\) and \(\&\)`, inline: 3 },
  { name: 'low lines and carets in words', text: raw`\(\text{total_cost} = x^2 + \text{a^b}\)`, inline: 1 },
  { name: 'braces', text: raw`\(\{1, 2\}\) and $\{x\}$`, inline: 2 },
  { name: 'bars', text: raw`\(|x|\) and $\|v\|$ and \(a|b\)`, inline: 3 },
  { name: 'a backslash at the end', text: raw`\(x\\\) and $y\\$`, inline: 2 },
  { name: 'spaces at the end', text: raw`\(x\ \) and \(y\,\) and \( z \)`, inline: 3 },
  { name: 'backticks and angle brackets', text: raw`\(a < b > c\) and \(x ` + '`' + raw` y\)`, inline: 2 },
  { name: 'stars and low lines', text: raw`\(a*b*c\) and $a_1 + b_1$ and $x^*$, $y^*$`, inline: 4 },
  { name: 'a tilde', text: raw`\(~~x~~\) and $\sim$`, inline: 2 },
  { name: 'letters of other languages', text: raw`\(\text{größe} = 3\,€\) und \(\alpha\)`, inline: 2 },
  // Tables.
  {
    name: 'no outer pipes',
    text: 'f | at 2\n---|---\n\\(|x|\\) | \\(|2|\\)\n',
    inline: 2,
    table: { columns: 2, rows: 1 },
  },
  {
    name: 'outer pipes',
    text: '| f | at 2 |\n|---|---|\n| \\(|x|\\) | $|2|$ |',
    inline: 2,
    table: { columns: 2, rows: 1 },
  },
  {
    name: 'a display in a cell',
    text: '| f |\n|---|\n| \\[y\\] |\n| $$|z|$$ |',
    inline: 2,
    table: { columns: 1, rows: 2 },
  },
  {
    name: 'money in cells',
    text: '| a | b |\n|---|---|\n| $4 | $8 |\n|$5|$6|',
    words: '$5',
    table: { columns: 2, rows: 2 },
  },
  {
    name: 'dollars at ends in cells',
    text: '| a | b |\n|---|---|\n| \\($4\\) | \\(8$\\) |',
    inline: 2,
    table: { columns: 2, rows: 1 },
  },
  {
    name: 'a break in a cell',
    text: '| Step | Work |\n|---|---|\n| 1 | subtract 1<br>then divide<br/>and<BR />end |',
    words: 'subtract 1\nthen divide\nand\nend',
    table: { columns: 2, rows: 1 },
  },
  {
    name: 'a break beside formulas',
    text: 'a | b\n--|--\n\\(x\\)<br>\\(y\\) | **c<br>d**',
    inline: 2,
    table: { columns: 2, rows: 1 },
  },
  {
    name: 'a table behind a sentence',
    text: 'So:\n\n| $x$ | $y$ |\n|:-:|--:|\n| 1 | 2 |\n\nDone',
    inline: 2,
    words: 'Done',
    table: { columns: 2, rows: 1 },
  },
  // Ways to open a formula.
  {
    name: 'single dollars',
    text: raw`The slope is $m = \frac{y_2 - y_1}{x_2 - x_1}$ and $b = 3$.`,
    inline: 2,
    words: 'The slope is  and .',
  },
  { name: 'double dollars on a line', text: 'So\n\n$$x^2 + 1$$\n\nholds', displays: 1, words: 'holds' },
  { name: 'double dollars over lines', text: '$$\nx^2\n$$', displays: 1 },
  { name: 'double dollars in a sentence', text: 'so $$x^2$$ holds', inline: 1, words: 'so  holds' },
  { name: 'double dollars in a list', text: '- a\n- $$x$$\n- $$\n  y\n  $$', displays: 2 },
  { name: 'dollars with backticks', text: 'so $`a_1 + b_1`$ holds', inline: 1, words: 'so  holds' },
  {
    name: 'a fence of mathematics',
    text: 'So\n\n```math\nx^2 + 1\n```\n\nholds',
    displays: 1,
    words: 'holds',
  },
  {
    name: 'a fence of LaTeX',
    text: '```latex\n\\begin{align}\nx &= 1 \\\\\ny &= 2\n\\end{align}\n```',
    displays: 1,
  },
  {
    name: 'a fence with delimiters',
    text: '```latex\n\\[ \\frac{1}{2} \\]\n```\n\n```math\n$$y$$\n```',
    displays: 2,
  },
  {
    name: 'formulas in bold, headings and links',
    text: raw`### Step $1$: **\(x\)** and [the \(y\)](https://example.test/)`,
    inline: 3,
    words: 'Step ',
  },
  { name: 'ordinals', text: 'the $n$th term, $x$-axis, ($a$, $b$)', inline: 4, words: 'the th term' },
  { name: 'formulas in Chinese text', text: '设$x$为数，则$x+1$。', inline: 2, words: '设为数，则。' },
  {
    name: 'numbers as formulas',
    text: 'of $100$ and $3x$ and $2 \\times 3$ and $-5$',
    inline: 4,
    words: 'of  and ',
  },
  {
    name: 'spaces within dollars',
    text: raw`so $ x = 5 $ and $ \frac{1}{2} $ and _$y$_, not $ 5 and $ 6 or $ 7`,
    inline: 3,
    words: ', not $ 5 and $ 6 or $ 7',
  },
  {
    name: 'amounts beside letters',
    text: 'I have $5, and $y$ is 3; $10\\%$ of $50 is $20(1+r)^t$, $5 million to $10 million.',
    inline: 3,
    words: 'I have $5, and ',
  },
  {
    name: 'a sum of money',
    text: 'A $20 bill + a $5 bill = $25, ($.50 and $.75), $5/lb, $3/h.',
    words: 'A $20 bill + a $5 bill = $25, ($.50 and $.75), $5/lb, $3/h.',
  },
  // What stays.
  {
    name: 'HTML',
    text: 'Press <b>this</b> <script>alert(1)</script> now.',
    words: 'Press <b>this</b> <script>alert(1)</script> now.',
  },
  { name: 'a break outside of a table', text: 'one<br>two', words: 'one<br>two' },
  {
    name: 'inline code',
    text: 'Use `\\(x\\)` and `$a$ <br>` and ``$`b`$``',
    words: 'Use \\(x\\) and $a$ <br> and $`b`$',
  },
  {
    name: 'fenced code',
    text: '```tex\n\\(x\\) costs $5$\n```\nthen \\(y\\)',
    inline: 1,
    words: '\\(x\\) costs $5$',
  },
  {
    name: 'a document in LaTeX',
    text: '```latex\n\\documentclass{article}\n\\section{One}\n$x$\n```',
    words: '\\documentclass{article}',
  },
  {
    name: 'sentences in LaTeX',
    text: '```latex\nThe slope is $m$ here.\n```',
    words: 'The slope is $m$ here.',
  },
  { name: 'indented code', text: 'So:\n\n    echo \\(x\\) $y$\n\nend', words: 'echo \\(x\\) $y$' },
  { name: 'formulas in HTML', text: 'a <i>\\(x\\)</i> b', inline: 1, words: 'a <i></i> b' },
  { name: 'an escaped backslash', text: raw`\\(x\\)`, words: raw`\(x\)` },
  { name: 'a bracket that is never closed', text: 'a \\(b\n\nc\\) d', words: 'a \\(b' },
  { name: 'a display that is never closed', text: 'a \\[ b + c', words: 'a \\[ b + c' },
  {
    name: 'characters for private use',
    text: 'a \uE0000\uE001 \uE000 \\(x\\)',
    inline: 1,
    words: 'a \uE0000\uE001 \uE000 ',
  },
  {
    name: 'a broken formula before others',
    text: 'a \\[ x_{ b\n\nso \\[y\\] and \\(z\\)',
    displays: 1,
    inline: 1,
    words: 'a \\[ x_{ b',
  },
  {
    name: 'punctuation behind a display',
    text: 'So $$x = 1$$.\n\n$$y$$.\n\n\\[\nz\n\\],\nthen',
    displays: 2,
    inline: 1,
    words: 'then',
  },
  // Commands.
  { name: 'an unknown command', text: raw`\(\unknown{x} + 1\)`, inline: 1 },
  {
    name: 'commands that are not trusted',
    text: raw`see \(\href{https://example.test}{x}\) and \(\includegraphics{a.png}\)`,
    words: raw`\href{https://example.test}{x}`,
  },
  { name: 'broken LaTeX', text: raw`so \(\frac{1}\) and \(x_{\)`, words: raw`\frac{1}` },
  {
    name: 'an unknown environment',
    text: raw`\[\begin{tikzpicture}\draw x;\end{tikzpicture}\]`,
    words: raw`\begin{tikzpicture}\draw x;`,
  },
  { name: 'macros', text: raw`\(\newcommand{\half}[1]{\frac{#1}{2}} \half{3}\)`, inline: 1 },
];
