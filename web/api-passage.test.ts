import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';

import { apiPassage } from './api-passage.ts';
import { callerReader } from './caller.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A web in front of an API that keeps idle connections for long. */
async function webBefore(answers: RequestListener, keepIdleMs?: number) {
  const api = createServer({ keepAliveTimeout: 130_000 }, answers);
  const apiUrl = new URL(await listening(api));
  const callerOf = callerReader([]);
  const { pass } = apiPassage({
    apiUrl,
    secret: 'ours',
    callerOf,
    ...(keepIdleMs !== undefined && { keepIdleMs }),
  });
  return { api, url: await listening(createServer(pass)) };
}

async function post(url: string, headers: Readonly<Record<string, string>>) {
  const asked = request(`${url}/graphql`, { method: 'POST', headers, agent: false });
  const [answer] = (await once(asked.end('{}'), 'response')) as [IncomingMessage];
  await once(answer.resume(), 'end');
  return answer;
}

test('what concerns the connection to the API alone is not told the browser, nor the other way', async () => {
  const heard: IncomingHttpHeaders[] = [];
  const { url } = await webBefore(({ headers }, response) => {
    heard.push(headers);
    response.end('{}');
  });
  const answer = await post(url, { connection: 'close', te: 'trailers' });
  expect(answer.headers.connection).toBe('close');
  expect(answer.headers['keep-alive']).toBeUndefined();
  expect(heard[0]).toMatchObject({ connection: 'keep-alive', 'x-nandax-secret': 'ours' });
  expect(heard[0]).not.toHaveProperty('te');
});

test('an idle connection is ours to end, long before the API would', async () => {
  const { api, url } = await webBefore((_request, response) => response.end('{}'), 100);
  const connected = once(api, 'connection') as Promise<[Socket]>;
  await post(url, {});
  const [connection] = await connected;
  // Without an end of ours it would stay for two minutes.
  await once(connection, 'close');
});
