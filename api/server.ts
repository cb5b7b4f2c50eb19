import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { Context } from './context.ts';
import { claimOf, type CallerRequest } from './door/caller.ts';
import { Credentials, type Claim, type Identified } from './door/credentials.ts';
import { Deadline } from './door/deadline.ts';
import { crossOriginCalls, securityHeaders } from './door/headers.ts';
import { answerFailures, httpDoor } from './door/http-door.ts';
import { RequestBudgets } from './door/request-budgets.ts';
import { serveSockets } from './door/socket-server.ts';
import { errorFormat } from './errors/format-error.ts';
import { badInputError } from './errors/graphql-errors.ts';
import { graphiql } from './graphiql/graphiql.ts';
import type { Hub } from './hub/hub.ts';
import { createLoaders } from './loaders.ts';
import type { ApiPorts } from './ports.ts';

export interface ApiServerOptions {
  readonly schema: GraphQLSchema;
  readonly ports: ApiPorts;
  readonly hub: Hub;
  /** 0: any free one. */
  readonly port: number;
  /** Under which the web is believed about its callers; undefined: it never is. */
  readonly secret: string | undefined;
  /** Origins of other pages that may call. */
  readonly allowedOrigins: readonly string[];
  /** Whether the schema may be asked for. */
  readonly introspection: boolean;
  /** Whether errors keep to themselves what names the schema has. */
  readonly hideSuggestions: boolean;
  /** How long one operation may take. */
  readonly operationTimeoutSeconds: number;
}

/** The API, listening. */
export interface ApiServer {
  readonly port: number;
  /** Ends sockets, lets running answers finish, then stops listening. */
  close(): Promise<void>;
}

/** How long running answers may take when the server stops, milliseconds. */
const drainMs = 5_000;
/**
 * How long an idle connection is kept, milliseconds: longer than any client keeps it (the web 30 s; of
 * proxies nginx 60, Traefik 90, Caddy 120), so that it is never we who end one in the moment in which a
 * request comes on it. Node's own five seconds are as long as its client's.
 */
const keepIdleMs = 130_000;

/** Serves the contract over HTTP and WebSocket on one port. */
export async function startServer(options: ApiServerOptions): Promise<ApiServer> {
  const { schema, ports, hub, secret, allowedOrigins, introspection } = options;
  const { log } = ports;
  const app = express();
  const server = createServer({ keepAliveTimeout: keepIdleMs }, app);
  const format = errorFormat({ log, hideSuggestions: options.hideSuggestions });

  const contextOf = (
    { identity, refusal }: Identified,
    claim: Claim,
    setCookie: (cookie: string) => void = () => undefined,
  ): Context => {
    const { ipAddress, userAgent } = claim;
    return {
      viewer: identity?.viewer ?? null,
      actor: identity?.actor ?? { kind: 'STRANGER', ipAddress, userAgent },
      refusal,
      eventSequence: null,
      ports,
      hub,
      loaders: createLoaders(ports.reads),
      http: { ...claim, setCookie },
      deadline: new Deadline(options.operationTimeoutSeconds),
    };
  };
  const credentials = await Credentials.open(ports);
  const door = {
    schema,
    log,
    credentials,
    budgets: new RequestBudgets(ports),
    allowedOrigins,
    format,
    claimOf: (request: CallerRequest) => claimOf(request, ports, secret),
    contextOf,
  };

  const endSockets = serveSockets({ ...door, server, introspection, clock: ports.clock });
  const apollo = new ApolloServer<Context>({
    schema,
    introspection,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => format(error),
    plugins: [noSubscriptions, drainPlugin(endSockets, () => closeHttp(server))],
    logger: {
      debug: (message: unknown) => log.debug({}, String(message)),
      info: (message: unknown) => log.info({}, String(message)),
      warn: (message: unknown) => log.warn({}, String(message)),
      error: (message: unknown) => log.error({}, String(message)),
    },
  });
  await apollo.start();

  app.disable('x-powered-by');
  app.use(...securityHeaders((request) => door.claimOf(request).https));
  app.get('/healthz', async (_request, response) => {
    await ports.reads.ping();
    response.json({ ok: true });
  });
  // Before all routes of that path: the first router that knows it would answer a preflight itself.
  app.use('/graphql', crossOriginCalls(allowedOrigins));
  app.use(graphiql({ introspection }));
  app.use(httpDoor(door));
  app.post(
    '/graphql',
    expressMiddleware(apollo, {
      context: ({ res }) => Promise.resolve(res.locals['context'] as Context),
    }),
  );
  app.use(answerFailures(log, format));

  server.listen(options.port);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      await apollo.stop();
      await credentials.close();
    },
  };
}

/** Tells whoever sends a subscription by POST where it belongs. */
const noSubscriptions: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ operation }) {
        if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
          throw badInputError(
            'Subscriptions come over WebSocket (graphql-transport-ws), same path.',
          );
        }
        return Promise.resolve();
      },
    }),
};

/** Sockets end before the server stops to listen: they would hold it open. */
function drainPlugin(
  endSockets: () => Promise<void>,
  close: () => Promise<void>,
): ApolloServerPlugin<Context> {
  return {
    serverWillStart: () =>
      Promise.resolve({
        async drainServer() {
          await endSockets();
          await close();
        },
      }),
  };
}

async function closeHttp(server: ReturnType<typeof createServer>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  // What is answered from now on leaves no idle connection that would be waited for.
  server.keepAliveTimeout = 1;
  const impatience = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(impatience);
}
