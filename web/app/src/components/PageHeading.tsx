import type { ComponentPropsWithRef, ReactElement } from 'react';

const sizes = { large: 'text-3xl', medium: 'text-2xl sm:text-3xl' } as const;

type PageHeadingProps = ComponentPropsWithRef<'h1'> & { readonly size?: keyof typeof sizes };

/** The heading of a page. It gets the focus after a change of page. */
export function PageHeading(props: PageHeadingProps): ReactElement {
  const { size = 'medium', className = '', children, ...rest } = props;
  const classes = `font-bold tracking-tight outline-none ${sizes[size]} ${className}`;
  return (
    <h1 tabIndex={-1} className={classes} {...rest}>
      {children}
    </h1>
  );
}
