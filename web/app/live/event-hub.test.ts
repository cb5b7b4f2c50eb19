import { beforeEach, expect, test, vi } from 'vitest';

import type { AccountEvent } from './account-stream.ts';
import { EventHub } from './event-hub.ts';

const event = (sequence: string) =>
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

test('data that took a while to load is told what came since it was asked for', () => {
  let now = 100;
  const hub = new EventHub(() => now);
  hub.receive(event('1'));
  now = 200;
  hub.receive(event('2'));
  expect(hub.since(150).map(({ sequence }) => sequence)).toEqual(['2']);
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
