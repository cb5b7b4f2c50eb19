import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { Context } from './context.ts';
import { formatError } from './errors/format-error.ts';
import { badInputError } from './errors/graphql-errors.ts';
import { graphiql } from './graphiql/graphiql.ts';
import { claimOf, isAllowedOrigin, type CallerRequest } from './door/caller.ts';
import { Credentials, type Claim, type Identified } from './door/credentials.ts';
import { serveSockets } from './door/socket-server.ts';
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
}

/** The API, listening. */
export interface ApiServer {
  readonly port: number;
  /** Ends sockets, lets running answers finish, then stops listening. */
  close(): Promise<void>;
}

/** Bytes of a request: an uploaded file needs much, someone who is not logged in does not. */
const bodyLimits = { viewer: '32mb', stranger: '100kb' } as const;
/** How long running answers may take when the server stops, milliseconds. */
const drainMs = 5_000;

/** Serves the contract over HTTP and WebSocket on one port. */
export async function startServer(options: ApiServerOptions): Promise<ApiServer> {
  const { schema, ports, hub, secret, allowedOrigins } = options;
  const { log } = ports;
  const app = express();
  const server = createServer(app);

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
      ports,
      hub,
      loaders: createLoaders(ports.reads),
      http: { ...claim, setCookie },
    };
  };
  const readClaim = (request: CallerRequest) => claimOf(request, ports, secret);
  const credentials = await Credentials.open(ports);

  const endSockets = serveSockets({
    server,
    schema,
    log,
    clock: ports.clock,
    credentials,
    allowedOrigins,
    claimOf: readClaim,
    contextOf,
  });
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => formatError(error, log),
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
  app.get('/healthz', async (_request, response) => {
    await ports.reads.ping();
    response.json({ ok: true });
  });
  app.use(graphiql());
  const bodies: Record<'viewer' | 'stranger', RequestHandler> = {
    viewer: express.json({ limit: bodyLimits.viewer }),
    stranger: express.json({ limit: bodyLimits.stranger }),
  };
  app.post('/graphql', async (request, response, next) => {
    const claim = readClaim(request);
    const identified = await credentials.identify(claim);
    const { identity } = identified;
    // What a cookie says counts from our own pages only; a browser sends it from any.
    if (claim.bearer === null && identity !== null && !isAllowedOrigin(request, allowedOrigins)) {
      response.status(403).json({ errors: [{ message: 'This request comes from another site.' }] });
      return;
    }
    if (identity?.cookie != null) response.append('set-cookie', identity.cookie);
    response.locals['context'] = contextOf(identified, claim, (cookie) =>
      response.append('set-cookie', cookie),
    );
    bodies[identity === null ? 'stranger' : 'viewer'](request, response, next);
  });
  app.post(
    '/graphql',
    expressMiddleware(apollo, {
      context: ({ res }) => Promise.resolve(res.locals['context'] as Context),
    }),
  );
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status >= 500) log.error({ error }, 'a request failed');
    response.status(status).json({ errors: [{ message: sentenceOf(status) }] });
  });

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
  const impatience = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(impatience);
}

/** Status of what the body's reader refused; anything else is our fault. */
function statusOf(error: unknown): number {
  const status = (error as { readonly status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

function sentenceOf(status: number): string {
  if (status === 413) return 'The request is too large.';
  return status < 500 ? 'The request cannot be read.' : 'Something went wrong on our side.';
}
