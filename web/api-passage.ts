import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Agent, request as httpRequest } from 'node:http';
import { Agent as SecureAgent, request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';

import type { callerReader } from './caller.ts';

/** The web's way to the API, for what browsers ask of it: one origin for both. */
export interface ApiPassage {
  /** Streams an HTTP request to the API and its answer back, both with the pressure of the slower side. */
  readonly pass: (request: IncomingMessage, response: ServerResponse) => void;
  /** Joins a WebSocket of the browser with one of the API, byte for byte. */
  readonly tunnel: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Cuts the WebSockets; browsers resume elsewhere. */
  readonly cutTunnels: () => void;
}

/** What concerns one connection only, and is each side's own matter (RFC 9110, 7.6.1). */
const ofOneConnection = [
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding'],
  'upgrade',
];

export function apiPassage({
  apiUrl,
  secret,
  callerOf,
  keepIdleMs = 30_000,
}: {
  readonly apiUrl: URL;
  readonly secret: string | undefined;
  readonly callerOf: ReturnType<typeof callerReader>;
  /**
   * How long an idle connection to the API is kept, milliseconds: far less than the API keeps it, so
   * that it is never the API that ends one in the moment in which a request goes out on it.
   */
  readonly keepIdleMs?: number;
}): ApiPassage {
  const secure = apiUrl.protocol === 'https:';
  const send = secure ? httpsRequest : httpRequest;
  const kept = new (secure ? SecureAgent : Agent)({ keepAlive: true, timeout: keepIdleMs });
  const tunnels = new Set<Duplex>();

  const ask = (request: IncomingMessage, headers: IncomingHttpHeaders, agent: Agent | false) =>
    send(new URL(request.url ?? '/graphql', apiUrl), {
      method: request.method,
      agent,
      headers: {
        ...headers,
        // An address that the API may believe.
        ...callerOf(request),
        'x-forwarded-host': request.headers.host,
        'x-nandax-secret': secret ?? '',
      },
    });

  return {
    pass(request, response) {
      const upstream = ask(request, ofTheWholeWay(request.headers), kept);
      upstream.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, ofTheWholeWay(answer.headers));
        pipeline(answer, response, () => undefined);
      });
      pipeline(request, upstream, (error) => {
        if (!error) return;
        if (response.headersSent) response.destroy();
        else response.writeHead(502).end('The API does not answer.');
      });
      response.on('close', () => upstream.destroy());
    },

    tunnel(request, socket, head) {
      if (new URL(request.url ?? '/', 'http://local').pathname !== '/graphql') {
        socket.destroy();
        return;
      }
      tunnels.add(socket);
      socket.on('close', () => tunnels.delete(socket));
      // A connection of its own: it is none that can be kept.
      const upstream = ask(request, request.headers, false);
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
    },

    cutTunnels() {
      for (const tunnel of tunnels) tunnel.destroy();
    },
  };
}

function ofTheWholeWay(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !ofOneConnection.includes(name)),
  );
}

function statusAndHeaders(answer: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${answer.statusCode ?? 502} ${answer.statusMessage ?? ''}`];
  for (let index = 0; index + 1 < answer.rawHeaders.length; index += 2) {
    lines.push(`${answer.rawHeaders[index] ?? ''}: ${answer.rawHeaders[index + 1] ?? ''}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}
