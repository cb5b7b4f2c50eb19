import type { Client } from 'graphql-ws';
import { createContext } from 'react';

import type { AccountEvent } from './account-stream.ts';
import type { Listener } from './event-hub.ts';

/**
 * How the browser stands with the stream. Live: the server has said of every topic that it stands, its
 * socket answers, and what the screen shows has missed nothing.
 */
export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'signed out';

/** The live side of the page: one socket, one stream of account events, many listeners. */
export interface Live {
  /** Null on the server and before the page is alive. */
  readonly client: Client | null;
  listen(listener: Listener): () => void;
  /** The events that data read at that sequence does not hold yet, a minute back at most. */
  after(sequence: string): readonly AccountEvent[];
  /** Whether something happened after data was read at that sequence of which the stream does not tell. */
  misses(sequence: string): boolean;
  /** Says that a screen shows what is out of date; the answer says that it has caught up, or is gone. */
  fallBehind(): () => void;
}

export const LiveContext = createContext<Live>({
  client: null,
  listen: () => () => undefined,
  after: () => [],
  misses: () => false,
  fallBehind: () => () => undefined,
});

export const ConnectionContext = createContext<ConnectionState>('connecting');
