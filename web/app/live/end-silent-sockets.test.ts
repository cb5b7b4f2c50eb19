import type { Client } from 'graphql-ws';
import { beforeEach, expect, test, vi } from 'vitest';

import { endSilentSockets } from './end-silent-sockets.ts';

const terminate = vi.fn();
const listeners = new Map<string, (received?: boolean) => void>();
const client = {
  terminate,
  on: (event: string, listener: () => void) => {
    listeners.set(event, listener);
  },
} as unknown as Client;

beforeEach(() => {
  vi.useFakeTimers();
  terminate.mockClear();
  endSilentSockets(client);
});

test('a socket on which a ping has no answer is ended, so that another is opened', () => {
  listeners.get('ping')?.(false);
  vi.runAllTimers();
  expect(terminate).toHaveBeenCalledOnce();
});

test('one that answers is left alone, as is one that has closed, or that only asks itself', () => {
  listeners.get('ping')?.(false);
  listeners.get('pong')?.(true);
  listeners.get('ping')?.(false);
  listeners.get('closed')?.();
  listeners.get('ping')?.(true);
  listeners.get('pong')?.(false);
  vi.runAllTimers();
  expect(terminate).not.toHaveBeenCalled();
});
