import { beforeEach, expect, test, vi } from 'vitest';

import type { AccountEvent } from './account-stream.ts';
import { EventHub } from './event-hub.ts';

const event = (sequence: string | null) =>
  ({ __typename: 'OrderUpdate', sequence }) as unknown as AccountEvent;

const behind = vi.fn();
const hubFrom = (begin: string) => new EventHub(begin, () => performance.now(), behind);

beforeEach(() => {
  vi.useFakeTimers();
  behind.mockClear();
});

test('events that come together are handed on together, in their order', () => {
  const hub = hubFrom('0');
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
  const hub = hubFrom('0');
  for (const sequence of ['8', '9', '10']) hub.receive(event(sequence));
  expect(hub.after('8').map(({ sequence }) => sequence)).toEqual(['9', '10']);
});

test('a live mark counts for data once the stream has come as far as that', () => {
  const hub = hubFrom('0');
  hub.receive(event('8'));
  hub.receive(event(null));
  expect(hub.after('9')).toEqual([]);
  hub.receive(event('9'));
  hub.receive(event(null));
  expect(hub.after('9').map(({ sequence }) => sequence)).toEqual([null]);
});

test('an event is kept for a minute', () => {
  let now = 0;
  const hub = new EventHub(
    '0',
    () => now,
    () => undefined,
  );
  hub.receive(event('1'));
  now = 61_000;
  hub.receive(event('2'));
  vi.runAllTimers();
  expect(hub.after('0').map(({ sequence }) => sequence)).toEqual(['2']);
});

test('whoever has left hears nothing more', () => {
  const hub = hubFrom('0');
  const onEvents = vi.fn();
  const onGap = vi.fn();
  hub.listen({ onEvents, onGap })();
  hub.receive(event('1'));
  hub.reportGap('1');
  vi.runAllTimers();
  expect(onEvents).not.toHaveBeenCalled();
  expect(onGap).not.toHaveBeenCalled();
});

test('what was read before the stream began, or before a gap ended, has missed something', () => {
  const hub = hubFrom('10');
  expect(['9', '10'].map((sequence) => hub.misses(sequence))).toEqual([true, false]);
  const onGap = vi.fn();
  hub.listen({ onEvents: () => undefined, onGap });
  hub.reportGap('20');
  expect(onGap).toHaveBeenCalledOnce();
  expect(['19', '20'].map((sequence) => hub.misses(sequence))).toEqual([true, false]);
});

test('the page is behind until the last of its screens has caught up, or is gone', () => {
  const hub = hubFrom('0');
  const [one, other] = [hub.fallBehind(), hub.fallBehind()];
  one();
  one();
  expect(behind.mock.calls).toEqual([[true]]);
  other();
  expect(behind.mock.calls).toEqual([[true], [false]]);
});
