import type { ReactNode } from 'react';
import { useId } from 'react';

import { classNames } from './class-names.ts';

/** A titled sheet of a screen: a region that assistive technology can jump to. */
export function Panel({
  title,
  note,
  actions,
  flush = false,
  className,
  children,
}: {
  readonly title: string;
  /** A few words beside the title, a count for example. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** Content reaches the edges, as tables do. */
  readonly flush?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      className={classNames('min-w-0 rounded-lg border border-rule bg-sheet', className)}
    >
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-3 pb-2">
        <h2 id={titleId} className="text-sm font-semibold">
          {title}
        </h2>
        {note !== undefined && <p className="mr-auto text-xs text-ink-soft">{note}</p>}
        {actions}
      </header>
      <div className={flush ? 'pb-1' : 'px-4 pb-4'}>{children}</div>
    </section>
  );
}
