import { type ReactElement, memo, useMemo, useState } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './CodeBlock.tsx';
import { Formula } from './Formula.tsx';
import { mask } from './formulas.ts';
import { maskedFormulas } from './maskedFormulas.ts';
import { GrowingBlocks, upToOpen } from './streaming.ts';

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

const rehypePlugins: Options['rehypePlugins'] = [[rehypeSanitize, schema]];

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
  code: ({ className, children, node: _, ...rest }) => {
    const kind = /\bmath-(display|inline)\b/.exec(className ?? '')?.[1];
    if (kind !== undefined) return <Formula source={String(children)} isDisplay={kind === 'display'} />;
    return (
      <code {...rest} className={className}>
        {children}
      </code>
    );
  },
  pre: ({ node: _, children, ...rest }) => <CodeBlock {...rest}>{children}</CodeBlock>,
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
  const Frame = inline ? 'span' : 'div';
  return (
    <Frame className={inline ? 'prose-chat contents' : 'prose-chat'}>
      <Block text={text} inline={inline} />
    </Frame>
  );
});

/** An answer that is still written: what has only begun is left out, and earlier blocks are rendered once. */
export function GrowingMarkdown({ text }: { readonly text: string }): ReactElement {
  const [blocks] = useState(() => new GrowingBlocks());
  const { settled, rest } = blocks.take(text);
  return (
    <div className="prose-chat">
      {[...settled, upToOpen(rest)].map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- Blocks are only added, at the end.
        <Block key={index} text={block} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text, inline = false }: MarkdownProps): ReactElement {
  const { source, remarkPlugins } = useMemo(() => {
    const { text: masked, masked: formulas } = mask(text);
    const plugins: Options['remarkPlugins'] = [remarkGfm, [maskedFormulas, formulas]];
    return { source: masked, remarkPlugins: plugins };
  }, [text]);
  return (
    <ReactMarkdown
      remarkPlugins={remarkPlugins}
      rehypePlugins={rehypePlugins}
      components={inline ? inlineComponents : components}
    >
      {source}
    </ReactMarkdown>
  );
});

const inlineComponents: Components = {
  ...components,
  p: ({ children }) => <span>{children}</span>,
  a: ({ children }) => <span>{children}</span>,
};
