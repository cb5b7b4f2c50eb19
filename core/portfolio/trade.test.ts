import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { noCharges } from '../charges/accrued-charges.ts';
import { matchFill, type OwnedFill } from './fifo.ts';
import { tradeOf } from './trade.ts';

function fill(id: string, side: 'BUY' | 'SELL', price: number, time: number): OwnedFill {
  return {
    id,
    side,
    quantity: new Decimal(10),
    price: new Decimal(price),
    multiplier: new Decimal(1),
    time,
    charges: noCharges,
  };
}

/** The one trade of two fills, in the order in which they became known. */
function tradeAfter(first: OwnedFill, second: OwnedFill) {
  const { opened } = matchFill([], first);
  const [slice] = matchFill(opened === null ? [] : [opened], second).closed;
  if (slice === undefined) throw new Error('nothing was closed');
  return tradeOf(slice);
}

test('a trade is the same whichever of its fills became known first', () => {
  const [sold, bought] = [fill('1', 'SELL', 95, 1_000), fill('2', 'BUY', 90, 2_000)];
  const trade = tradeAfter(sold, bought);

  expect(trade).toMatchObject({ direction: 'SHORT', entryTime: 1_000, exitTime: 2_000 });
  expect(trade.grossPnl.toFixed()).toBe('50');
  expect(tradeAfter(bought, sold)).toEqual(trade);
});
