import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { noCharges } from '../charges/accrued-charges.ts';
import { matchFill, type Lot } from './fifo.ts';
import { postingsOfOffset } from './postings.ts';

const lot = (direction: Lot['direction'], quantity: number, price: number): Lot => ({
  id: `${direction} ${price}`,
  direction,
  quantity: new Decimal(quantity),
  price: new Decimal(price),
  multiplier: new Decimal(1),
  time: 0,
  charges: noCharges,
});

/** 100 that were bought at 90 and 60 that were sold at 95, set against each other at `last`. */
function booked(last: number, paidInFull: boolean, settledChange = 0) {
  const closedBy = (lots: readonly Lot[], side: 'BUY' | 'SELL') =>
    matchFill(lots, {
      id: side,
      side,
      quantity: new Decimal(60),
      price: new Decimal(last),
      multiplier: new Decimal(1),
      time: 1,
      charges: noCharges,
    }).closed;
  const lines = postingsOfOffset(
    [...closedBy([lot('LONG', 100, 90)], 'SELL'), ...closedBy([lot('SHORT', 60, 95)], 'BUY')],
    { paidInFull, settledChange: new Decimal(settledChange) },
  );
  return lines.map(({ account, amount }) => [account, amount.toNumber()]);
}

test('sixty units between 90 and 95 are a gain of 300 in cash, at whatever price they are set off', () => {
  const gain = [
    ['CASH', 300],
    ['REALISED_PNL', -300],
  ];
  expect(booked(95, false)).toEqual(gain);
  expect(booked(12.35, false)).toEqual(gain);
});

test('what was paid in full has its cash already: the gain was missing in its cost', () => {
  expect(booked(95, true)).toEqual([
    ['SECURITIES', 300],
    ['REALISED_PNL', -300],
  ]);
});

test('of a gain, what evenings have paid does not come again', () => {
  expect(booked(95, false, -300)).toEqual([
    ['SETTLEMENT', 300],
    ['REALISED_PNL', -300],
  ]);
});
