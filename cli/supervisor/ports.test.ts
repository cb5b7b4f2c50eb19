import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';
import { choosePort } from './ports.ts';
import { Refusal } from './refusal.ts';

const server = createServer();
let busy: number;

beforeAll(async () => {
  busy = await freePort();
  server.listen(busy);
  await once(server, 'listening');
});
afterAll(() => server.close());

test('a default port that is taken gives way to a free one, which is told', async () => {
  const chosen = await choosePort('PORT', undefined, busy);
  expect(chosen.insteadOf).toBe(busy);
  expect(chosen.port).not.toBe(busy);
});

test('a port that was asked for is used or refused, never replaced', async () => {
  const asked = await freePort();
  expect(await choosePort('PORT', asked, busy)).toEqual({ port: asked, insteadOf: null });
  const refused = choosePort('API_PORT', busy, asked);
  await expect(refused).rejects.toThrow(Refusal);
  await expect(refused).rejects.toThrow(`Port ${busy}, asked for by API_PORT, is already in use`);
});

test('a port that another process of ours will take counts as taken', async () => {
  const port = await freePort();
  expect((await choosePort('API_PORT', undefined, port, [port])).insteadOf).toBe(port);
});
