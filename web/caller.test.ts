import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';

import { callerReader } from './caller.ts';

function request(remoteAddress: string, headers: Readonly<Record<string, string>>) {
  return {
    socket: { remoteAddress },
    connection: { remoteAddress },
    headers,
  } as unknown as IncomingMessage;
}

const claims = { 'x-forwarded-for': '192.0.2.1, 198.51.100.4', 'x-forwarded-proto': 'https' };

test('without a proxy, a browser’s own word about its address and protocol counts for nothing', () => {
  expect(callerReader([])(request('203.0.113.9', claims))).toEqual({
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'http',
  });
});

test('behind a trusted proxy the address it saw counts, and nothing written before it', () => {
  const read = callerReader(['10.0.0.0/8']);
  expect(read(request('10.1.2.3', claims))).toEqual({
    'x-forwarded-for': '198.51.100.4',
    'x-forwarded-proto': 'https',
  });
  expect(read(request('203.0.113.9', claims))['x-forwarded-for']).toBe('203.0.113.9');
});

test('a chain of trusted proxies is followed to the first that is not', () => {
  const read = callerReader(['10.0.0.0/8', '198.51.100.4']);
  expect(read(request('10.1.2.3', claims))['x-forwarded-for']).toBe('192.0.2.1');
});
