import type { Answer } from './answers.testing.ts';

const raw = String.raw;

/** Rarer ways of all that models write. */
export const rarerAnswers: readonly Answer[] = [
  { name: 'starred row spacing', text: raw`\[a = 1 \\*[4pt] b = 2\]`, displays: 1 },
  { name: 'negative row spacing', text: raw`$$\begin{gathered}1\\[-2pt]2\end{gathered}$$`, displays: 1 },
  {
    name: 'row spacing with a space, in a list',
    text: '- So\n  \\[\n  \\begin{aligned}\n  x &= 1 \\\\ [1em]\n  y &= 2\n  \\end{aligned}\n  \\]\n- Then',
    displays: 1,
    words: 'So',
  },
  {
    name: 'brackets in rows',
    text: '\\[\n\\begin{aligned}\nx &\\in [0, 1] \\\\\n[y] &= 2 \\\\[0.5em]\nz &= \\left[1\\right]\n\\end{aligned}\n\\]',
    displays: 1,
  },
  { name: 'a displaymath', text: raw`\begin{displaymath}x = 1\end{displaymath}`, displays: 1 },
  {
    name: 'a numbered system',
    text: raw`\begin{subequations}\begin{align}x &= 1\end{align}\end{subequations}`,
    displays: 1,
  },
  { name: 'a label', text: raw`\begin{equation}\label{eq:one} x = 1\end{equation}`, displays: 1 },
  {
    name: 'chemistry',
    text: raw`Water is \(\ce{H2O}\) and \(\mathrm{CO_2}\).`,
    inline: 2,
    words: 'Water is  and .',
  },
  { name: 'units', text: raw`\(9.81\,\text{m/s}^2\), \(20\,^\circ\mathrm{C}\), $5\,\%$`, inline: 3 },
  {
    name: 'steps that cancel',
    text: raw`\[\frac{\cancel{2}x}{\cancel{2}} \xrightarrow{\div 2} x \implies \boxed{x = 4}\]`,
    displays: 1,
  },
  {
    name: 'a bar of evaluation',
    text: raw`\[\left.\frac{dy}{dx}\right|_{x=0} = \int_0^1 f\,dx\Big|_0^1\]`,
    displays: 1,
  },
  {
    name: 'limits below operators',
    text: raw`$\lim\limits_{x\to 0}$, $\sum\nolimits_{i=1}^n$, $\operatorname*{argmax}_x$`,
    inline: 3,
  },
  { name: 'braces over terms', text: raw`\[\underbrace{a + b}_{\text{the sum is 5% of $c$}}\]`, displays: 1 },
  {
    name: 'primes and intervals',
    text: `of $f'(x)$ and $f''$ on $[0, 1)$ and $(-\\infty, 5]$`,
    inline: 4,
    words: 'of ',
  },
  {
    name: 'a comma within the dollars',
    text: raw`If $x = 5,$ then $y_1;$ else $z$.`,
    inline: 3,
    words: 'If  then  else .',
  },
  {
    name: 'dollars beside digits',
    text: raw`a 3$\times$3 matrix, 2$\pi$ and 45$^\circ$`,
    inline: 3,
    words: 'a 33 matrix, 2 and 45',
  },
  {
    name: 'dollars beside brackets',
    text: raw`points ($x_1$,$y_1$), "$a$", -$b$, $c$-$d$ and **$e$**.`,
    inline: 7,
  },
  {
    name: 'thousands in dollars',
    text: raw`$1{,}000$ or $1\,000$ or $10^3$ or $0.5$ or $\frac{1}{2}$`,
    inline: 5,
  },
  {
    name: 'percents in dollars',
    text: raw`$50\%$ of $80$ is $40$, $x\%$ too`,
    inline: 4,
    words: ' of  is ,  too',
  },
  {
    name: 'more amounts',
    text: 'From $1.5M to $2M, $5k–$10k, $5+, ~$3, -$4, $.99, $1,299.00!',
    words: 'From $1.5M to $2M, $5k–$10k, $5+, ~$3, -$4, $.99, $1,299.00!',
  },
  {
    name: 'a subtraction of money',
    text: 'Then $12 - $8 = $4 is left, or $12-$8=$4.',
    words: 'Then $12 - $8 = $4 is left, or $12-$8=$4.',
  },
  { name: 'money over lines', text: '- Pen: $2\n- Book: $10\n- Total: $12', words: 'Pen: $2' },
  {
    name: 'money in quotes and brackets',
    text: '"$5", ($10), [$15], $5/kg; $5: cheap, $10: dear',
    words: '"$5", ($10), [$15], $5/kg; $5: cheap, $10: dear',
  },
  {
    name: 'money in a table without outer pipes',
    text: 'a | b\n--|--\n$4 | $8\n$5.50 | $x$',
    inline: 1,
    table: { columns: 2, rows: 2 },
  },
  {
    name: 'a table with alignment and money',
    text: '| Item | Price |\n|:---|---:|\n| \\(n\\) pens | $2–$3 |\n| **sum** | $12 |',
    inline: 1,
    words: '$2–$3',
    table: { columns: 2, rows: 2 },
  },
  {
    name: 'breaks of all forms in a cell',
    text: '| a |\n|---|\n| 1<br >2<BR/>3</br>4<br class="x">5<br><br>6 |',
    words: '1\n2\n3\n4\n5\n\n6',
    table: { columns: 1, rows: 1 },
  },
  {
    name: 'a break in a heading of a table',
    text: '| a<br>b | c |\n|---|---|\n| \\(x\\)<br>$y$ | $$z$$<br>1 |',
    inline: 3,
    table: { columns: 2, rows: 1 },
  },
  {
    name: 'formulas with pipes in a table',
    text: '| f |\n|---|\n| $P(A|B)$ |\n| \\(\\{x | x > 0\\}\\) |\n| $\\left|x\\right|$ |',
    inline: 3,
    table: { columns: 1, rows: 3 },
  },
  {
    name: 'code with pipes beside formulas',
    text: '| f | g |\n|---|---|\n| `a` | $b$ |',
    inline: 1,
    table: { columns: 2, rows: 1 },
  },
  { name: 'brackets in bold', text: raw`**\[x = 1\]** and *\(y\)* and ~~$z$~~`, inline: 2, displays: 1 },
  { name: 'dollars that close on the next line', text: 'so $x =\n5$ holds', inline: 1, words: 'so  holds' },
  {
    name: 'a display right behind words',
    text: 'So we get:$$x = 1$$ and\n$$\ny = 2\n$$\nDone',
    displays: 1,
    inline: 1,
    words: 'Done',
  },
  { name: 'a display that closes behind its last line', text: '$$x = 1\n+ 2$$', displays: 1 },
  {
    name: 'a display in a nested list',
    text: '1. a\n   - b\n     $$\n     x\n     $$\n   - c',
    displays: 1,
    words: 'a',
  },
  {
    name: 'a fence of KaTeX in a list',
    text: '- So\n\n  ```katex\n  x^2\n  ```\n- b',
    displays: 1,
    words: 'So',
  },
  {
    name: 'dollars in addresses',
    text: 'See https://example.test/?a=$b&c=$d and [x](https://example.test/$e$).',
    words: 'See https://example.test/?a=$b&c=$d',
  },
  { name: 'a program', text: '```php\n$a = $b + $c;\n```\nand `$d`', words: '$a = $b + $c;' },
  {
    name: 'arrows of braces',
    text: raw`\(\overbrace{1 + 2}^{3} \ne \sqrt[3]{27} \pm \left\{ x \right\}\)`,
    inline: 1,
  },
];
