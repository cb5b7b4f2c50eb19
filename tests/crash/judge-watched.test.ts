import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { playSeeds } from '../kit/simulation/play-seeds.ts';
import type { Outcome } from '../kit/simulation/judge.ts';
import { wrongGtts, wrongProtections } from '../kit/simulation/judge-watched.ts';

const place = { portfolioId: 'portfolio', instrumentId: 'share', product: 'MIS' } as const;

/** Ten bought, and exits for as many units as are given, under one stop for the position. */
function outcome(resting: number, bought = 10): Outcome {
  const exit = {
    ...place,
    id: 'exit',
    side: 'SELL',
    status: 'ACCEPTED',
    quantity: new Decimal(resting),
    filledQuantity: new Decimal(0),
    requestedTerms: null,
  };
  const position = { ...place, buyQuantity: new Decimal(bought), sellQuantity: new Decimal(0) };
  const protection = { ...place, id: 'stop', status: 'ACTIVE', side: 'SELL', entryOrderId: null };
  return {
    orders: resting === 0 ? [] : [exit],
    positions: [position],
    protections: [protection],
    exits: [{ protectionId: 'stop', orderId: 'exit' }],
  } as unknown as Outcome;
}

test('the judge sees a stop that is too large, one that is missing, and one that protects nothing', () => {
  expect(wrongProtections(outcome(10))).toEqual([]);
  expect(wrongProtections(outcome(11))).toEqual([
    'share MIS SELL: exits for 11 of 10 held',
    'share MIS SELL: exits for 11 where 10 are protected',
  ]);
  expect(wrongProtections(outcome(4))).toEqual([
    'share MIS SELL: exits for 4 where 10 are protected',
  ]);
  expect(wrongProtections(outcome(0, 0))).toEqual(['share MIS SELL: protects nothing']);
});

test('the judge sees a GTT that fired twice, and a key with two of them', () => {
  const gtt = (id: string, fired: readonly (string | null)[]) => ({
    ...{ id, idempotencyKey: 'key', status: 'TRIGGERED' },
    legs: fired.map((orderId) => ({ orderId })),
  });
  const left = (gtts: readonly object[], orders: readonly string[]) =>
    ({ gtts, orders: orders.map((id) => ({ id, source: 'GTT' })) }) as unknown as Outcome;
  const told = [{ idempotencyKey: 'key', id: 'one' }];
  expect(wrongGtts(left([gtt('one', ['a', null])], ['a']), told)).toEqual([]);
  expect(wrongGtts(left([gtt('one', ['a', 'b'])], ['a', 'b']), told)).toEqual([
    'GTT key is TRIGGERED and fired 2 times',
  ]);
  expect(wrongGtts(left([gtt('one', ['a']), gtt('two', ['b'])], ['a', 'b']), told)).toEqual([
    'GTT key is there 2 times',
  ]);
  expect(wrongGtts(left([gtt('one', ['a'])], ['a', 'b']), told)).toEqual([
    'GTTs name 1 orders, 2 were sent for them',
  ]);
});

test('stories have protections that send exits and GTTs that fire', async () => {
  const { exits, fired } = await playSeeds(100);
  expect(exits).toBeGreaterThan(10);
  expect(fired).toBeGreaterThan(5);
});
