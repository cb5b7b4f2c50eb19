import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import express from 'express';

import { apiPassage } from './api-passage.ts';
import { callerReader } from './caller.ts';
import { readWebEnvironment } from './app/env.server.ts';
import { securityHeaders } from './security-headers.ts';

const environment = readWebEnvironment(process.env);
// React reads it when the build is imported below.
process.env['NODE_ENV'] = environment.mode;
const callerOf = callerReader(environment.trustedProxies);
const api = apiPassage({ ...environment, callerOf });
const drainMilliseconds = 5_000;
/**
 * How long an idle connection is kept: longer than any proxy in front keeps it (nginx 60 s, Traefik
 * 90 s, Caddy 120 s), so that it is never we who end one in the moment in which a request comes on it.
 */
const keepIdleMilliseconds = 130_000;

const buildUrl = new URL('./build/server/index.js', import.meta.url);
const build = (await import(buildUrl.href)) as ServerBuild;
const clientFolder = fileURLToPath(new URL('./build/client/', import.meta.url));

const app = express();
app.disable('x-powered-by');
app.get('/healthz', (_request, response) => {
  response.json({ ok: true });
});
app.use((request, _response, next) => {
  // Replaces whatever the caller claims; the loaders hand it on to the API.
  Object.assign(request.headers, callerOf(request));
  next();
});
// The API's answers carry headers of their own.
app.all(['/graphql', '/graphql/*'], api.pass);
app.use(securityHeaders);
app.use(
  '/assets',
  express.static(`${clientFolder}assets`, { immutable: true, maxAge: '1y', fallthrough: false }),
);
app.use(express.static(clientFolder, { maxAge: '1h' }));
app.use((request, response, next) => {
  if (isForgedForm(request)) {
    response.status(403).type('text').send('This form was sent from another site.');
    return;
  }
  next();
});
app.all(
  '*',
  createRequestHandler({
    build,
    mode: environment.mode,
    getLoadContext: (_request, response) => ({ nonce: response.locals['nonce'] as string }),
  }),
);

const server = createServer({ keepAliveTimeout: keepIdleMilliseconds }, app);
server.on('upgrade', api.tunnel);
server.listen(environment.port);
await once(server, 'listening');
process.send?.({ ready: true, port: (server.address() as AddressInfo).port });

process.once('SIGTERM', drain);
process.once('SIGINT', drain);
process.once('disconnect', drain);

/** Lets running answers end, cuts the WebSockets (browsers resume elsewhere), then exits. */
function drain(): void {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  // What is answered from now on leaves no idle connection that would be waited for.
  server.keepAliveTimeout = 1;
  api.cutTunnels();
  setTimeout(() => process.exit(0), drainMilliseconds).unref();
}

/** A state-changing request that a browser says was made by another origin's page. */
function isForgedForm(request: IncomingMessage): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  return (
    !URL.canParse(origin) || new URL(origin).origin !== origin || new URL(origin).host !== host
  );
}
