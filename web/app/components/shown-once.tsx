import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';

import { CopyButton } from './copy-button.tsx';

/** A secret that is told now and never again. */
export function ShownOnce({
  title,
  secret,
  children,
}: {
  readonly title: string;
  readonly secret: string;
  /** What to do with it. */
  readonly children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      role="group"
      aria-label={title}
      tabIndex={-1}
      className="flex flex-col gap-2 rounded-md border border-caution/40 bg-caution-soft p-3 text-sm"
    >
      <p className="font-semibold">{title}</p>
      <p className="text-ink-soft">{children}</p>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 basis-60 rounded border border-rule bg-sheet px-2 py-1.5 font-mono text-xs break-all select-all">
          {secret}
        </code>
        <CopyButton text={secret}>Copy</CopyButton>
      </div>
    </div>
  );
}
