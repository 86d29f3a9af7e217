import type { ComponentPropsWithRef, ReactElement } from 'react';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  outline: 'border-line bg-surface text-ink hover:border-line-strong hover:bg-sunken',
  quiet: 'border-transparent text-muted hover:bg-sunken hover:text-ink',
} as const;

const sizes = { normal: 'px-4 py-2', small: 'px-3 py-1.5' } as const;

export type ButtonLook = keyof typeof looks;
export type ButtonSize = keyof typeof sizes;

/** The classes of a button, for links that look like one. */
export function buttonClasses(look: ButtonLook, more = '', size: ButtonSize = 'normal'): string {
  return `inline-flex items-center justify-center gap-2 rounded-control border ${sizes[size]} text-sm font-semibold transition-colors disabled:cursor-not-allowed disabled:opacity-55 ${looks[look]} ${more}`;
}

type ButtonProps = ComponentPropsWithRef<'button'> & {
  readonly look?: ButtonLook;
  readonly size?: ButtonSize;
};

/** A button with a text. It submits a form only with `type="submit"`. */
export function Button({ look = 'outline', size, className, ...rest }: ButtonProps): ReactElement {
  return <button type="button" className={buttonClasses(look, className, size)} {...rest} />;
}
