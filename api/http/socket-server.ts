import type { IncomingMessage, Server } from 'node:http';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Log } from '@nandax/app/ports/world.ts';
import { formatError } from '../errors/format-error.ts';
import { subscribe } from '../hub/subscribe.ts';
import type { Context } from '../context.ts';
import { isOwnOrigin } from './caller.ts';

/** Bytes of one message of a client. */
const maxMessageBytes = 1_000_000;
/** How long sockets may take to say goodbye, milliseconds. */
const goodbyeMs = 2_000;

export interface SocketServerOptions {
  readonly server: Server;
  readonly schema: GraphQLSchema;
  readonly log: Log;
  /** The context of one operation of a socket that was opened by `request`. */
  readonly contextOf: (request: IncomingMessage) => Promise<Context>;
}

/**
 * GraphQL over WebSocket (graphql-transport-ws) on the server's own port, with the session of the
 * cookie. Connection parameters are reserved for tokens. Returns how to end all sockets.
 */
export function serveSockets(options: SocketServerOptions): () => Promise<void> {
  const { server, schema, log, contextOf } = options;
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: maxMessageBytes });
  const format = (errors: readonly GraphQLError[]) =>
    errors.map((error) => formatError(error, log));
  const disposable = useServer(
    {
      schema,
      subscribe,
      onConnect: ({ extra }) => isOwnOrigin(extra.request),
      // The session is looked up for each operation: one that ended opens nothing more.
      context: ({ extra }) => contextOf(extra.request),
      onError: (_context, _id, _payload, errors) => format(errors),
      onNext: (_context, _id, _payload, _arguments, result) =>
        result.errors === undefined
          ? undefined
          : { data: result.data ?? null, errors: format(result.errors) },
    },
    sockets,
  );
  return async () => {
    const impatience = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, goodbyeMs);
    await disposable.dispose();
    clearTimeout(impatience);
  };
}
