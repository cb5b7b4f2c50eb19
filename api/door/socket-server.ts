import type { IncomingMessage, Server } from 'node:http';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock, Log } from '@nandax/app/ports/world.ts';
import type { Context } from '../context.ts';
import { unauthenticatedError } from '../errors/graphql-errors.ts';
import { formatError } from '../errors/format-error.ts';
import { subscribe } from '../hub/subscribe.ts';
import { isAllowedOrigin } from './caller.ts';
import type { Claim, Credentials, Identified, Identity, Refusal } from './credentials.ts';

/** Bytes of one message of a client. */
const maxMessageBytes = 1_000_000;
/** How long sockets may take to say goodbye, milliseconds. */
const goodbyeMs = 2_000;
/** Should the bus be silent, the credentials of open sockets are looked at this often, milliseconds. */
const lookEveryMs = 3_000;
/** What setTimeout holds. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * How a socket is closed when its credential does not count (any more). 4403: the client may connect
 * again with a refreshed one, which graphql-ws clients do by themselves. 4401: log in first.
 */
const closeCodes: { readonly [R in Refusal]: readonly [code: number, reason: string] } = {
  EXPIRED: [4403, 'Access token expired'],
  REVOKED: [4401, 'Session or key ended'],
  ADDRESS_NOT_ALLOWED: [4401, 'Address not allowed'],
};

export interface SocketServerOptions {
  readonly server: Server;
  readonly schema: GraphQLSchema;
  readonly log: Log;
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly allowedOrigins: readonly string[];
  readonly claimOf: (request: IncomingMessage) => Claim;
  /** The context of one operation. */
  readonly contextOf: (identified: Identified, claim: Claim) => Context;
}

/** What is known of an open socket. */
interface Client {
  readonly socket: WebSocket;
  readonly claim: Claim;
  identified: Identified;
  expiry: NodeJS.Timeout | null;
}

/**
 * GraphQL over WebSocket (graphql-transport-ws) on the server's own port, with the session of the
 * cookie or a token or key in the connection's parameters (`{ authorization: "Bearer …" }`). Returns
 * how to end all sockets.
 */
export function serveSockets(options: SocketServerOptions): () => Promise<void> {
  const { server, schema, log, credentials, contextOf } = options;
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: maxMessageBytes });
  const clients = new Map<WebSocket, Client>();
  const format = (errors: readonly GraphQLError[]) =>
    errors.map((error) => formatError(error, log));

  const look = async (userId: string | null) => {
    for (const client of clients.values()) {
      const { identity } = client.identified;
      if (identity === null || (userId !== null && identity.viewer.id !== userId)) continue;
      await checkAgain(client, credentials).catch((error: unknown) =>
        log.warn({ error }, 'a socket’s credential could not be checked'),
      );
    }
  };
  credentials.onChange((userId) => void look(userId));
  const rounds = setInterval(() => void look(null), lookEveryMs);

  const disposable = useServer<Record<string, unknown>, { client?: Client }>(
    {
      schema,
      subscribe,
      async onConnect({ extra, connectionParams }) {
        if (!isAllowedOrigin(extra.request, options.allowedOrigins)) return false;
        const claim = withBearer(options.claimOf(extra.request), connectionParams);
        const identified = await credentials.identify(claim);
        if (identified.refusal !== null) {
          extra.socket.close(...closeCodes[identified.refusal]);
          return false;
        }
        const client: Client = { socket: extra.socket, claim, identified, expiry: null };
        extra.client = client;
        clients.set(extra.socket, client);
        closeWhenExpired(client, identified.identity, options.clock.now());
        return true;
      },
      onDisconnect({ extra }) {
        if (extra.client?.expiry) clearTimeout(extra.client.expiry);
        clients.delete(extra.socket);
      },
      // The credential is looked at for each operation: one that ended opens nothing more.
      async context({ extra: { client } }) {
        if (client === undefined) throw unauthenticatedError();
        if (client.identified.identity !== null) await checkAgain(client, credentials);
        return contextOf(client.identified, client.claim);
      },
      onError: (_context, _id, _payload, errors) => format(errors),
      onNext: (_context, _id, _payload, _arguments, result) =>
        result.errors === undefined
          ? undefined
          : { data: result.data ?? null, errors: format(result.errors) },
    },
    sockets,
  );
  return async () => {
    clearInterval(rounds);
    const impatience = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, goodbyeMs);
    await disposable.dispose();
    clearTimeout(impatience);
  };
}

async function checkAgain(client: Client, credentials: Credentials): Promise<void> {
  const { identity } = client.identified;
  if (identity === null) return;
  client.identified = await credentials.again(identity);
  const { refusal } = client.identified;
  if (refusal !== null) client.socket.close(...closeCodes[refusal]);
}

/** At the very moment; an end too far away for a timer is seen by the rounds. */
function closeWhenExpired(client: Client, identity: Identity | null, now: Date): void {
  if (identity?.expiresAt == null) return;
  const wait = identity.expiresAt.getTime() - now.getTime();
  if (wait > longestTimerMs) return;
  const refusal = identity.actor.kind === 'USER' ? 'EXPIRED' : 'REVOKED';
  client.expiry = setTimeout(() => {
    client.identified = { identity: null, refusal };
    client.socket.close(...closeCodes[refusal]);
  }, wait);
}

/** A token or key in the connection's parameters, in one of the spellings clients use. */
function withBearer(claim: Claim, parameters: Record<string, unknown> | undefined): Claim {
  const text = ['authorization', 'Authorization', 'accessToken', 'apiKey']
    .map((name) => parameters?.[name])
    .find((value) => typeof value === 'string');
  if (typeof text !== 'string') return claim;
  return { ...claim, bearer: text.replace(/^Bearer +/i, '') };
}
