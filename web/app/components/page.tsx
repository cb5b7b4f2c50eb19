import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';

/** The frame of a screen: its title, what can be done on it, and its panels. */
export function Page({
  title,
  parent,
  badge,
  actions,
  children,
}: {
  readonly title: string;
  /** The screen one level up. */
  readonly parent?: { readonly name: string; readonly to: string };
  readonly badge?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <main
      id="content"
      tabIndex={-1}
      className="mx-auto w-full max-w-7xl px-4 py-5 outline-none sm:px-6"
    >
      <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          {parent !== undefined && (
            <nav aria-label="Breadcrumb" className="mb-0.5 text-xs">
              <Link to={parent.to} className="text-ink-soft hover:text-accent hover:underline">
                <span aria-hidden>‹ </span>
                {parent.name}
              </Link>
            </nav>
          )}
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
            {badge}
          </div>
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      <div className="flex flex-col gap-4">{children}</div>
    </main>
  );
}
