import { useContext } from 'react';

import type { ConnectionState } from './live-context.ts';
import { ConnectionContext } from './live-context.ts';

const dots: Readonly<Record<ConnectionState, string>> = {
  connecting: 'border border-ink-faint',
  live: 'bg-gain',
  reconnecting: 'bg-caution motion-safe:animate-pulse',
  'signed out': 'bg-loss',
};

const words: Readonly<Record<ConnectionState, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  'signed out': 'Signed out',
};

/** Whether what the screen shows is kept up to date at this moment. */
export function ConnectionIndicator() {
  const state = useContext(ConnectionContext);
  return (
    <p
      role="status"
      aria-label="Connection"
      className="flex items-center gap-2 text-xs text-ink-soft"
    >
      <span aria-hidden className={`size-2 rounded-full ${dots[state]}`} />
      {words[state]}
    </p>
  );
}
