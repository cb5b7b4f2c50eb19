import { beforeEach, expect, test, vi } from 'vitest';

import type { AccountEvent } from './account-stream.ts';
import { EventHub } from './event-hub.ts';

const event = (sequence: string | null) =>
  ({ __typename: 'OrderUpdate', sequence }) as unknown as AccountEvent;

beforeEach(() => {
  vi.useFakeTimers();
});

test('events that come together are handed on together, in their order', () => {
  const hub = new EventHub(() => performance.now());
  const batches: string[] = [];
  hub.listen({
    onEvents: (events) => batches.push(events.map(({ sequence }) => sequence).join(' ')),
    onGap: () => undefined,
  });
  hub.receive(event('1'));
  hub.receive(event('2'));
  vi.runAllTimers();
  hub.receive(event('3'));
  vi.runAllTimers();
  expect(batches).toEqual(['1 2', '3']);
});

test('data is told what came after it was read, and nothing that it holds already', () => {
  const hub = new EventHub(() => performance.now());
  for (const sequence of ['8', '9', '10']) hub.receive(event(sequence));
  expect(hub.after('8').map(({ sequence }) => sequence)).toEqual(['9', '10']);
});

test('a live mark counts for data once the stream has come as far as that', () => {
  const hub = new EventHub(() => performance.now());
  hub.receive(event('8'));
  hub.receive(event(null));
  expect(hub.after('9')).toEqual([]);
  hub.receive(event('9'));
  hub.receive(event(null));
  expect(hub.after('9').map(({ sequence }) => sequence)).toEqual([null]);
});

test('an event is kept for a minute', () => {
  let now = 0;
  const hub = new EventHub(() => now);
  hub.receive(event('1'));
  now = 61_000;
  hub.receive(event('2'));
  vi.runAllTimers();
  expect(hub.after('0').map(({ sequence }) => sequence)).toEqual(['2']);
});

test('whoever has left hears nothing more', () => {
  const hub = new EventHub(() => performance.now());
  const onEvents = vi.fn();
  const onGap = vi.fn();
  hub.listen({ onEvents, onGap })();
  hub.receive(event('1'));
  hub.reportGap();
  vi.runAllTimers();
  expect(onEvents).not.toHaveBeenCalled();
  expect(onGap).not.toHaveBeenCalled();
});
