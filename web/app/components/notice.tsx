import type { ReactNode } from 'react';

import { classNames } from './class-names.ts';

const tones = {
  note: 'border-rule bg-sheet text-ink-soft',
  failure: 'border-loss/40 bg-loss-soft text-loss',
  caution: 'border-caution/40 bg-caution-soft text-caution',
  success: 'border-gain/40 bg-gain-soft text-gain',
} as const;

/** A message about the whole form or screen, read out when it appears. */
export function Notice({
  tone,
  children,
}: {
  readonly tone: keyof typeof tones;
  readonly children: ReactNode;
}) {
  return (
    <div
      role={tone === 'failure' ? 'alert' : 'status'}
      tabIndex={tone === 'failure' ? -1 : undefined}
      className={classNames('rounded-md border px-3 py-2 text-sm', tones[tone])}
    >
      {children}
    </div>
  );
}
