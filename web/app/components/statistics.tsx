import type { ReactNode } from 'react';

import { classNames } from './class-names.ts';

/** A grid of named figures. */
export function Statistics({
  children,
  columns = 'as many as fit',
}: {
  readonly children: ReactNode;
  readonly columns?: 'two' | 'three' | 'four' | 'as many as fit';
}) {
  return (
    <dl
      className={classNames(
        'grid grid-cols-2 gap-x-4 gap-y-3',
        columns !== 'two' && 'sm:grid-cols-3',
        columns === 'four' && 'lg:grid-cols-4',
        columns === 'as many as fit' && 'lg:grid-cols-[repeat(auto-fit,minmax(7.5rem,auto))]',
      )}
    >
      {children}
    </dl>
  );
}

/** One of them; `lead` is the one that is looked for first. */
export function Statistic({
  name,
  children,
  lead = false,
}: {
  readonly name: string;
  readonly children: ReactNode;
  readonly lead?: boolean;
}) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd
        className={classNames(
          'truncate font-medium',
          lead ? 'text-2xl tracking-tight' : 'text-base',
        )}
      >
        {children}
      </dd>
    </div>
  );
}
