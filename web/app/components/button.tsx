import { Link } from '@remix-run/react';
import type { ComponentProps } from 'react';

import { classNames } from './class-names.ts';

type Emphasis = 'primary' | 'secondary' | 'quiet' | 'danger';

const shape =
  'inline-flex items-center justify-center gap-2 rounded-md border px-3 min-h-9 text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-50';

const emphases: Readonly<Record<Emphasis, string>> = {
  primary: 'border-accent bg-accent text-on-accent hover:opacity-90',
  secondary: 'border-rule-strong bg-sheet text-ink hover:bg-sunk',
  quiet: 'border-transparent text-ink-soft hover:bg-sunk hover:text-ink',
  danger: 'border-rule-strong bg-sheet text-loss hover:bg-loss-soft',
};

/** A button; one primary on a screen, danger for what cannot be taken back. */
export function Button({
  emphasis = 'secondary',
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { readonly emphasis?: Emphasis }) {
  return (
    <button type={type} className={classNames(shape, emphases[emphasis], className)} {...rest} />
  );
}

/** A link that looks like a button, for going somewhere to do something. */
export function ButtonLink({
  emphasis = 'secondary',
  className,
  ...rest
}: ComponentProps<typeof Link> & { readonly emphasis?: Emphasis }) {
  return <Link className={classNames(shape, emphases[emphasis], className)} {...rest} />;
}
