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
  /** The events that data read at that sequence does not hold yet, a minute back at most. */
  after(sequence: string): readonly AccountEvent[];
}

export const LiveContext = createContext<Live>({
  client: null,
  listen: () => () => undefined,
  after: () => [],
});

export const ConnectionContext = createContext<ConnectionState>('connecting');
