import type { IncomingMessage, Server } from 'node:http';
import { execute, type ExecutionArgs, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { Context as Connection } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { networkOf } from '@nandax/app/sessions/network.ts';
import type { Clock, Log } from '@nandax/app/ports/world.ts';
import type { Context } from '../context.ts';
import type { FormatError } from '../errors/format-error.ts';
import { unauthenticatedError } from '../errors/graphql-errors.ts';
import { subscribe } from '../hub/subscribe.ts';
import { acknowledgementOf } from './acknowledgement.ts';
import { isAllowedOrigin } from './caller.ts';
import type { Claim, Credentials, Identified, Identity, Refusal } from './credentials.ts';
import { readEventSequence } from './event-sequence.ts';
import { Holdings } from './holdings.ts';
import type { RequestBudgets } from './request-budgets.ts';
import { admitOperation } from './socket-operations.ts';

/** Bytes of one message of a client. */
const maxMessageBytes = 1_000_000;
/** How long sockets may take to say goodbye, milliseconds. */
const goodbyeMs = 2_000;
/** Should the bus be silent, the credentials of open sockets are looked at this often, milliseconds. */
const lookEveryMs = 3_000;
/**
 * Sockets at once of one user, of one network's strangers, and of one network that have not yet said
 * who they are (they have 3 seconds). Like all counts of sockets and of operations on them they are
 * those of this process: with N copies of the API, N times as many.
 */
const maxSockets = { user: 20, strangers: 10, unknown: 50 } as const;
/** How a socket is closed that is one too many; graphql-ws clients then do not come back by themselves. */
const tooManySockets = [4429, 'Too many sockets'] as const;
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
  readonly budgets: RequestBudgets;
  readonly allowedOrigins: readonly string[];
  readonly introspection: boolean;
  readonly format: FormatError;
  readonly claimOf: (request: IncomingMessage) => Claim;
  /** The context of one operation. */
  readonly contextOf: (identified: Identified, claim: Claim) => Context;
}

/** What is known of an open socket. */
interface Client {
  readonly socket: WebSocket;
  readonly claim: Claim;
  /** Who its socket and operations count for. */
  readonly holder: string;
  /** Its operations by id, as graphql-ws keeps them. */
  readonly connection: Pick<Connection, 'subscriptions'>;
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
  const held = new Holdings<Client>();
  const unknown = new Holdings<WebSocket>();
  const format = (errors: readonly GraphQLError[]) => errors.map(options.format);

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

  const introductions = new WeakMap<WebSocket, () => void>();
  // Before graphql-ws listens: a socket that is one too many is closing when it comes to hear of it.
  sockets.on('connection', (socket, request) => {
    const network = networkOf(options.claimOf(request).ipAddress);
    if (unknown.add(network, socket, maxSockets.unknown)) {
      const introduced = () => unknown.remove(network, socket);
      socket.once('close', introduced);
      introductions.set(socket, introduced);
    } else socket.close(...tooManySockets);
  });

  const disposable = useServer<Record<string, unknown>, { client?: Client }>(
    {
      schema,
      subscribe,
      isProd: true,
      async onConnect(connection) {
        const { extra, connectionParams } = connection;
        const { socket, request } = extra;
        if (!isAllowedOrigin(request, options.allowedOrigins)) return false;
        const claim = withBearer(options.claimOf(request), connectionParams);
        const identified = await credentials.identify(claim);
        // It may have gone meanwhile, and would never be taken off the lists.
        if (socket.readyState !== socket.OPEN) return false;
        introductions.get(socket)?.();
        if (identified.refusal !== null) {
          socket.close(...closeCodes[identified.refusal]);
          return false;
        }
        const holder = holderOf(identified, claim);
        const client: Client = { socket, claim, holder, connection, identified, expiry: null };
        const most = identified.identity === null ? maxSockets.strangers : maxSockets.user;
        if (!held.add(holder, client, most)) {
          socket.close(...tooManySockets);
          return false;
        }
        extra.client = client;
        clients.set(socket, client);
        closeWhenExpired(client, identified.identity, options.clock.now());
        return true;
      },
      onClose({ extra: { client } }) {
        if (client === undefined) return;
        if (client.expiry) clearTimeout(client.expiry);
        clients.delete(client.socket);
        held.remove(client.holder, client);
      },
      onSubscribe({ extra: { client } }, _id, payload) {
        if (client === undefined) return [unauthenticatedError()];
        const { identified, claim } = client;
        const spender = { viewer: identified.identity?.viewer ?? null, ipAddress: claim.ipAddress };
        return admitOperation(options, payload, spender, operationsOf(held.of(client.holder)));
      },
      // The credential is looked at for each operation: one that ended opens nothing more.
      async context({ extra: { client } }, _id, _payload, { document }) {
        if (client === undefined) throw unauthenticatedError();
        if (client.identified.identity !== null) await checkAgain(client, credentials);
        const context = contextOf(client.identified, client.claim);
        await readEventSequence(context, document);
        return context;
      },
      // Before the first event leaves.
      onOperation({ extra: { socket } }, _id, payload, _arguments, result) {
        const acknowledgement = acknowledgementOf(payload);
        if (acknowledgement !== null && isStream(result)) socket.send(acknowledgement);
      },
      execute: executeInTime,
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

function isStream(result: object): boolean {
  return Symbol.asyncIterator in result;
}

function holderOf({ identity }: Identified, { ipAddress }: Claim): string {
  return identity === null ? `stranger:${networkOf(ipAddress)}` : `user:${identity.viewer.id}`;
}

function operationsOf(clients: Iterable<Client>): number {
  let count = 0;
  for (const { connection } of clients) count += Object.keys(connection.subscriptions).length;
  return count;
}

/** A query or mutation; a subscription minds its deadlines itself. */
async function executeInTime(args: ExecutionArgs) {
  try {
    return await execute(args);
  } finally {
    (args.contextValue as Context).deadline.end();
  }
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
