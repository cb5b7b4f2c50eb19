import { expect, test } from 'vitest';
import { AuctionReference } from './auction-reference.ts';

const auction = Date.parse('2026-08-10T15:15:00+05:30');
const before = (minutes: number) => auction - minutes * 60_000;

test('is the average of the quarter of an hour before the auction, by volume', () => {
  const reference = new AuctionReference();
  reference.hear(0, before(16), 90, 1_000, auction);
  reference.hear(0, before(15), 100, 10, auction);
  reference.hear(0, before(5), 110, NaN, auction);
  reference.hear(0, before(1), 104, 30, auction);
  reference.hear(0, auction, 120, 1_000, auction);
  // (1000 + 3120) / 40.
  expect(reference.price(0, auction)).toBe(103);
});

test('is the last price before it where no volume is known, and unknown for another day', () => {
  const reference = new AuctionReference();
  reference.hear(1, before(20), 98, NaN, auction);
  reference.hear(1, before(10), 99, NaN, auction);
  expect(reference.price(1, auction)).toBe(99);
  expect(reference.price(1, auction + 86_400_000)).toBeNaN();
  expect(reference.price(0, auction)).toBeNaN();
});
