import type { Client } from 'graphql-ws';
import { createContext } from 'react';

import type { AccountEvent } from './account-stream.ts';

/** How the browser stands with the stream. */
export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'signed out';

/** The live side of the page: one socket, one stream of account events, many listeners. */
export interface Live {
  /** Null on the server and before the page is alive. */
  readonly client: Client | null;
  /** Calls back with events in the order they came, several at a time. */
  listen(listener: (events: readonly AccountEvent[]) => void): () => void;
  /** Events since the data now on the screen began to load; it may or may not hold them. */
  recent(): readonly AccountEvent[];
}

export const LiveContext = createContext<Live>({
  client: null,
  listen: () => () => undefined,
  recent: () => [],
});

export const ConnectionContext = createContext<ConnectionState>('connecting');
