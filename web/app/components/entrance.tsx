import type { ReactNode } from 'react';

import { Mark } from './icons.tsx';

/** The frame of the pages before the login. */
export function Entrance({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <main
      id="content"
      className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center px-6 py-12"
    >
      <p className="mb-8 flex items-center gap-2 text-base font-semibold tracking-tight">
        <Mark />
        NandaX
      </p>
      <h1 className="mb-5 text-xl font-semibold tracking-tight">{title}</h1>
      {children}
    </main>
  );
}
