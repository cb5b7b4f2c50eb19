import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startApiWorld, type ApiWorld } from './api-world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await startApiWorld();
});
afterAll(() => world.close());

function post(body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(world.url, { method: 'POST', body, headers });
}

test('a browser is given the explorer, all of it from here, and a program is told to POST', async () => {
  const page = await fetch(world.url, { headers: { accept: 'text/html' } });
  const html = await page.text();
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  const assets = [...html.matchAll(/(?:src|href)="(\/graphql\/assets\/[^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  expect(assets).toHaveLength(6);
  for (const path of assets) {
    expect((await fetch(new URL(path, world.url))).status).toBe(200);
  }
  expect((await fetch(new URL('/graphql/assets/constructor', world.url))).status).toBe(404);
  const program = await fetch(`${world.url}?query={viewer{id}}`, {
    headers: { accept: 'application/json' },
  });
  expect([program.status, program.headers.get('allow')]).toEqual([405, 'POST']);
  expect((await fetch(new URL('/healthz', world.url))).status).toBe(200);
});

test('what a form of another site could send is refused', async () => {
  const query = JSON.stringify({ query: 'mutation { logout { __typename } }' });
  expect((await post(query, { 'content-type': 'text/plain' })).status).toBeGreaterThanOrEqual(400);
});

test('a stranger’s request may be small only, and what cannot be read is told without a stack', async () => {
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query: ' '.repeat(200_000) });
  const large = await post(body, json);
  expect(large.status).toBe(413);
  expect(await large.json()).toEqual({
    errors: [
      {
        message: expect.any(String) as string,
        extensions: {
          code: 'DOCUMENT_TOO_LARGE',
          what: 'bytes',
          limit: 102_400,
          actual: body.length,
        },
      },
    ],
  });
  const broken = await post('{', json);
  expect(broken.status).toBe(400);
  expect(await broken.json()).toEqual({
    errors: [{ message: 'The request cannot be read.', extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test('a subscription by POST is told where it belongs', async () => {
  const asha = await world.register('asha');
  const answer = await asha.ask('subscription { notifications { sequence } }');
  expect(answer.errors).toMatchObject([
    {
      message: expect.stringContaining('WebSocket') as string,
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
});

test('when the server stops, sockets are told to go and nothing holds it open', async () => {
  const stopping = await startApiWorld();
  const socket = new WebSocket(stopping.url.replace('http', 'ws'), 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  const closed = once(socket, 'close') as Promise<[code: number]>;
  await stopping.close();
  expect((await closed)[0]).toBe(1001);
});

test('an idle connection outlasts whatever a client or a proxy keeps one for', async () => {
  const answer = await fetch(new URL('/healthz', world.url));
  await answer.text();
  const [, seconds] = /timeout=(\d+)/.exec(answer.headers.get('keep-alive') ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThan(120);
});

test('a connection whose last answer came while the server stopped is not waited for', async () => {
  const stopping = await startApiWorld();
  const agent = new Agent({ keepAlive: true });
  const headers = { 'content-type': 'application/json', expect: '100-continue' };
  const asked = request(stopping.url, { method: 'POST', headers, agent });
  asked.flushHeaders();
  const [socket] = (await once(asked, 'socket')) as [Socket];
  await once(asked, 'continue');
  const closing = stopping.close();
  await untilRefused(stopping.url);
  asked.end('{"query":"{ __typename }"}');
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  await once(answer.resume(), 'end');
  const answered = performance.now();
  await once(socket, 'close');
  // Left to itself it would stay until the server loses patience, five seconds after it began to stop.
  expect(performance.now() - answered).toBeLessThan(3_000);
  await closing;
});

/** Resolves when the server takes no new connections. */
async function untilRefused(url: string): Promise<void> {
  while (await connects(url));
}

function connects(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
