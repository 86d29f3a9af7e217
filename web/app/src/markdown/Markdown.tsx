import { type ReactElement, memo, useMemo } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import rehypeKatex from 'rehype-katex';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { htmlAsText } from './htmlAsText.ts';
import { withDollarMath } from './latexDelimiters.ts';
import 'katex/dist/katex.min.css';

const schema: typeof defaultSchema = {
  ...defaultSchema,
  // remark-rehype has prefixed the ids already; a second prefix would break footnotes.
  clobberPrefix: '',
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== 'img'),
  attributes: {
    ...defaultSchema.attributes,
    code: [['className', /^language-./, 'math-inline', 'math-display']],
  },
  protocols: { href: ['http', 'https', 'mailto'] },
};

const remarkPlugins: Options['remarkPlugins'] = [
  remarkGfm,
  [remarkMath, { singleDollarTextMath: false }],
  htmlAsText,
];

// What KaTeX builds is trusted and needs attributes the sanitiser would remove; what it reads is sanitised text.
const rehypePlugins: Options['rehypePlugins'] = [
  [rehypeSanitize, schema],
  [rehypeKatex, { trust: false, strict: 'ignore', maxExpand: 500 }],
];

const components: Components = {
  a: ({ href, children, node: _, ...rest }) =>
    href !== undefined && /^(?:https?:|mailto:|#)/i.test(href) ? (
      <a
        {...rest}
        href={href}
        {...(!href.startsWith('#') && { target: '_blank', rel: 'noopener noreferrer' })}
      >
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  table: ({ node: _, ...rest }) => (
    <div className="table-scroll" role="group" aria-label="Table" tabIndex={0}>
      <table {...rest} />
    </div>
  ),
};

type MarkdownProps = {
  readonly text: string;
  /** Renders no paragraphs, for elements that allow only phrasing content, such as a button. */
  readonly inline?: boolean;
};

/** An answer's Markdown with tables and LaTeX. Raw HTML shows as text, links lead only to the web or to mail. */
export const Markdown = memo(function Markdown({ text, inline = false }: MarkdownProps): ReactElement {
  const source = useMemo(() => withDollarMath(text), [text]);
  return (
    <div className={inline ? 'prose-chat contents' : 'prose-chat'}>
      <ReactMarkdown
        remarkPlugins={remarkPlugins}
        rehypePlugins={rehypePlugins}
        components={inline ? inlineComponents : components}
      >
        {source}
      </ReactMarkdown>
    </div>
  );
});

const inlineComponents: Components = {
  ...components,
  p: ({ children }) => <span>{children}</span>,
  a: ({ children }) => <span>{children}</span>,
};
