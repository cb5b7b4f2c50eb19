import type { ReactNode } from 'react';

/** What to do where there is nothing yet. */
export function EmptyState({
  children,
  action,
}: {
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-start gap-3 px-4 pt-1 pb-4 text-sm text-ink-soft">
      <p className="max-w-prose">{children}</p>
      {action}
    </div>
  );
}
