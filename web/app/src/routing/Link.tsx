import type { AnchorHTMLAttributes, MouseEvent, ReactElement } from 'react';
import { navigate } from './usePathname.ts';

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string };

/** A link between pages of this application; opening it in a new tab works as with any link. */
export function Link({ href, children, ...rest }: LinkProps): ReactElement {
  const onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return (
    <a href={href} onClick={onClick} {...rest}>
      {children}
    </a>
  );
}
