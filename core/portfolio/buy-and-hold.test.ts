import { expect, it } from 'vitest';
import { minuteMs } from '../calendar/exchange-time.ts';
import { CandleColumnsBuilder } from '../market/candles.ts';
import { buyAndHoldOf } from './buy-and-hold.ts';

function closes(from: number, ...prices: readonly number[]) {
  const candles = new CandleColumnsBuilder();
  prices.forEach((price, minute) => {
    candles.add((from + minute) * minuteMs, price, price, price, price, 1);
  });
  return candles.build();
}
const at = (...minutes: readonly number[]) => Float64Array.from(minutes, (one) => one * minuteMs);

it('is worth what one instrument was, from the end of its first minute on', () => {
  const held = buyAndHoldOf(at(0, 1, 2, 3, 9), [closes(0, 50, 60, 40)], 1000);
  expect(Array.from(held)).toEqual([1000, 1000, 1200, 800, 800]);
});

it('holds equal parts of several, that of one that is not there yet in money', () => {
  const held = buyAndHoldOf(at(1, 2, 3), [closes(0, 50, 100, 100), closes(1, 10, 5)], 1000);
  // 500 become 1,000; the other 500 wait, are bought at 10 and halved.
  expect(Array.from(held)).toEqual([1000, 1500, 1250]);
});

it('stays what it was where nothing is traded', () => {
  expect(Array.from(buyAndHoldOf(at(1, 2), [], 1000))).toEqual([1000, 1000]);
});
