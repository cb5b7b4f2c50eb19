import { expect, test } from 'vitest';
import type { TickBatch } from '@nandax/app/ports/bus.ts';
import { decodeTicks, encodeTicks, joinTicks } from './tick-wire.ts';

const ticks = (count: number): TickBatch => ({
  instrumentIds: Array.from({ length: count }, (_, at) => `instrument-${at % 3}`),
  times: Array.from({ length: count }, (_, at) => 1_562_644_500_000 + at * 1_000),
  prices: Array.from({ length: count }, (_, at) => 93.5 + at / 100),
  volumes: Array.from({ length: count }, (_, at) => (at % 5 === 0 ? null : at * 10)),
});

test('a large batch is split below the limit and comes back whole and in order', () => {
  const messages = encodeTicks(ticks(1_000), 7_900);
  expect(messages.length).toBeGreaterThan(1);
  expect(Math.max(...messages.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(7_900);
  expect(joinTicks(messages.map(decodeTicks))).toEqual(ticks(1_000));
});

test('a small batch is one message', () => {
  expect(encodeTicks(ticks(50), 7_900)).toHaveLength(1);
});
