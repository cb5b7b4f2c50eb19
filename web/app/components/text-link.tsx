import { Link } from '@remix-run/react';
import type { ComponentProps } from 'react';

import { classNames } from './class-names.ts';

/** A link inside text or a table cell. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      prefetch="intent"
      className={classNames(
        'text-accent underline decoration-rule-strong underline-offset-3 hover:decoration-accent',
        className,
      )}
      {...rest}
    />
  );
}
