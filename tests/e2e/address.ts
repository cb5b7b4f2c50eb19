import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';

let lastHost = 1;

/**
 * An address of one's own: a proxy for a browser, on this machine, whose connections come from a
 * loopback address that no other has. Limits that count by address then count each visitor apart.
 */
export interface OwnAddress {
  /** For a browser context's `proxy`. */
  readonly proxy: { readonly server: string; readonly bypass: string };
  /** Goes on from another address that no other has, as a phone does. */
  move(): void;
  close(): Promise<void>;
}

/** Systems other than Linux have a single loopback address; there all share it. */
function nextAddress(): string | undefined {
  lastHost += 1;
  // Another run, perhaps a moment ago, had others.
  return process.platform === 'linux' ? `127.0.${process.pid % 256}.${lastHost}` : undefined;
}

/** Takes the next free address. */
export async function ownAddress(): Promise<OwnAddress> {
  let from = nextAddress();
  const server = createServer((request, response) => {
    passOn(request, response, from);
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    tunnel(request, socket, head, from);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    proxy: { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' },
    move() {
      from = nextAddress();
    },
    close: () => closed(server),
  };
}

function passOn(request: IncomingMessage, response: ServerResponse, from: string | undefined) {
  const upstream = httpRequest(request.url ?? '', {
    method: request.method,
    headers: request.headers,
    localAddress: from,
    family: 4,
    // A kept connection may be closed by the product in the moment in which it is used again.
    agent: false,
  });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  pipeline(request, upstream, (error) => {
    if (error) response.destroy();
  });
  response.on('close', () => upstream.destroy());
}

/** WebSockets come this way. */
function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, from: string | undefined) {
  const { hostname, port } = new URL(`http://${request.url ?? ''}`);
  const upstream = connect({
    host: hostname,
    port: Number(port),
    family: 4,
    ...(from !== undefined && { localAddress: from }),
  });
  upstream.on('connect', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.unshift(head);
    pipeline(socket, upstream, () => undefined);
    pipeline(upstream, socket, () => undefined);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
