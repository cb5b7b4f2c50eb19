import type { Client } from 'graphql-ws';
import { createContext } from 'react';

import type { AccountEvent } from './account-stream.ts';
import type { Listener } from './event-hub.ts';

/** How the browser stands with the stream. */
export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'signed out';

/** The live side of the page: one socket, one stream of account events, many listeners. */
export interface Live {
  /** Null on the server and before the page is alive. */
  readonly client: Client | null;
  listen(listener: Listener): () => void;
  /** Events since a time on `performance.now()`. */
  since(time: number): readonly AccountEvent[];
  /** When the data of the present navigation began to load, on `performance.now()`. */
  loadBegan(): number;
}

export const LiveContext = createContext<Live>({
  client: null,
  listen: () => () => undefined,
  since: () => [],
  loadBegan: () => 0,
});

export const ConnectionContext = createContext<ConnectionState>('connecting');
