import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import express from 'express';

import { callerReader } from './caller.ts';
import { readWebEnvironment } from './app/env.server.ts';
import { securityHeaders } from './security-headers.ts';

const environment = readWebEnvironment(process.env);
// React reads it when the build is imported below.
process.env['NODE_ENV'] = environment.mode;
const callerOf = callerReader(environment.trustedProxies);
const drainMilliseconds = 5_000;

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
app.all(['/graphql', '/graphql/*'], passToApi);
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

const server = createServer(app);
const tunnels = new Set<Duplex>();
server.on('upgrade', tunnelToApi);
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
  for (const tunnel of tunnels) tunnel.destroy();
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

function apiRequest(request: IncomingMessage): ReturnType<typeof httpRequest> {
  const send = environment.apiUrl.protocol === 'https:' ? httpsRequest : httpRequest;
  return send(new URL(request.url ?? '/graphql', environment.apiUrl), {
    method: request.method,
    headers: apiHeaders(request),
  });
}

/** The caller's headers, with an address that the API may believe. */
function apiHeaders(request: IncomingMessage): IncomingHttpHeaders {
  return {
    ...request.headers,
    ...callerOf(request),
    'x-forwarded-host': request.headers.host,
    'x-nandax-secret': environment.secret ?? '',
  };
}

/** Streams an HTTP request to the API and its answer back, both with the pressure of the slower side. */
function passToApi(request: IncomingMessage, response: ServerResponse): void {
  const upstream = apiRequest(request);
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  pipeline(request, upstream, (error) => {
    if (!error) return;
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end('The API does not answer.');
  });
  response.on('close', () => upstream.destroy());
}

/** Joins a WebSocket of the browser with one of the API, byte for byte. */
function tunnelToApi(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (new URL(request.url ?? '/', 'http://local').pathname !== '/graphql') {
    socket.destroy();
    return;
  }
  tunnels.add(socket);
  socket.on('close', () => tunnels.delete(socket));
  const upstream = apiRequest(request);
  upstream.on('upgrade', (answer, apiSocket, apiHead) => {
    socket.write(statusAndHeaders(answer));
    socket.unshift(head);
    apiSocket.unshift(apiHead);
    pipeline(socket, apiSocket, () => undefined);
    pipeline(apiSocket, socket, () => undefined);
  });
  upstream.on('response', (answer) => {
    socket.write(statusAndHeaders(answer));
    pipeline(answer, socket, () => undefined);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
  upstream.end();
}

function statusAndHeaders(answer: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${answer.statusCode ?? 502} ${answer.statusMessage ?? ''}`];
  for (let index = 0; index + 1 < answer.rawHeaders.length; index += 2) {
    lines.push(`${answer.rawHeaders[index] ?? ''}: ${answer.rawHeaders[index + 1] ?? ''}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}
