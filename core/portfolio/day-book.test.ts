import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Side } from '../order/order-terms.ts';
import {
  addToDayBook,
  dayBookOn,
  dayViewOf,
  emptyDayBook,
  markToMarketOf,
  netViewOf,
  type DayBook,
  type MarketDay,
} from './day-book.ts';
import {
  addToPosition,
  averagePriceOf,
  emptyPositionOf,
  netQuantityOf,
  pnlOf,
} from './position.ts';

const one = new Decimal(1);
const feed = (date: string): MarketDay => ({ feedId: 'feed', date });
const monday = feed('2026-11-16');
const tuesday = feed('2026-11-17');
const wednesday = feed('2026-11-18');

type Traded = readonly [day: MarketDay, side: Side, quantity: number, price: number];

function bookOf(trades: readonly Traded[], multiplier = one): DayBook {
  return trades.reduce(
    (book, [day, side, quantity, price]) =>
      addToDayBook(book, {
        day,
        side,
        quantity: new Decimal(quantity),
        price: new Decimal(price),
        multiplier,
      }),
    emptyDayBook,
  );
}

const prices = (closePrice: number | null, lastPrice: number | null) => ({
  closePrice: closePrice === null ? null : new Decimal(closePrice),
  lastPrice: lastPrice === null ? null : new Decimal(lastPrice),
});

describe('a day book', () => {
  it('reads as the broker’s sample answer (github zerodha/kiteconnect-mocks, positions.json)', () => {
    // Gold: three carried at 23057, one bought at 23388, four sold for 93360; closed at 23232, last 23355.
    const book = bookOf([
      [monday, 'BUY', 3, 23_057],
      [tuesday, 'BUY', 1, 23_388],
      [tuesday, 'SELL', 4, 23_340],
    ]);
    const net = netViewOf(book, 'NRML', one);
    const day = dayViewOf(book, one);
    const last = new Decimal(23_355);
    expect([net.buyValue, net.sellValue, pnlOf(net, last)].map(Number)).toEqual([
      92_559, 93_360, 801,
    ]);
    expect([
      netQuantityOf(net),
      markToMarketOf(new Decimal(3), day, prices(23_232, 23_355)),
    ]).toEqual([new Decimal(0), new Decimal(276)]);
    expect([netQuantityOf(day), averagePriceOf(day), pnlOf(day, last)].map(Number)).toEqual([
      -3, 23_340, -93,
    ]);
    // Lead: one lot of 1,000 bought today at 161.05, no close.
    const lot = new Decimal(1000);
    const lead = dayViewOf(bookOf([[tuesday, 'BUY', 1, 161.05]], lot), lot);
    expect(
      [lead.buyValue, markToMarketOf(new Decimal(0), lead, prices(null, 161.05))].map(Number),
    ).toEqual([161_050, 0]);
  });

  it('carries what is held over at its average; a long squared off shows flat in net and sold in day', () => {
    // Monday: bought 50 at 280 and 70 at 283, sold 50 at 287; the average is 33810 / 120 = 281.75.
    const book = bookOf([
      [monday, 'BUY', 50, 280],
      [monday, 'SELL', 50, 287],
      [monday, 'BUY', 70, 283],
      [tuesday, 'SELL', 70, 290],
    ]);
    expect(book.overnightQuantity.toFixed()).toBe('70');
    // 70 * 281.75.
    expect(book.overnightValue.toFixed()).toBe('19722.5');

    const net = netViewOf(book, 'NRML', one);
    expect(netQuantityOf(net).toFixed()).toBe('0');
    // 70 * (290 - 281.75), whatever the last price.
    expect(pnlOf(net, new Decimal(1)).toFixed()).toBe('577.5');
    const day = dayViewOf(book, one);
    expect(netQuantityOf(day).toFixed()).toBe('-70');
    expect(averagePriceOf(day)?.toFixed()).toBe('290');
    // Monday closed at 285: 70 * (290 - 285).
    expect(markToMarketOf(book.overnightQuantity, day, prices(285, null))?.toFixed()).toBe('350');
  });

  it('keeps the average of what was carried when a later day sells, and blends what it buys', () => {
    const book = bookOf([
      [monday, 'BUY', 10, 100],
      [tuesday, 'SELL', 4, 130],
      [wednesday, 'BUY', 6, 112],
    ]);
    expect(book.overnightQuantity.toFixed()).toBe('6');
    expect(book.overnightValue.toFixed()).toBe('600');
    // (600 + 672) / 12.
    expect(averagePriceOf(netViewOf(book, 'NRML', one))?.toFixed()).toBe('106');
  });

  it('marks a short contract by its multiplier', () => {
    const lot = new Decimal(1000);
    const book = bookOf(
      [
        [monday, 'SELL', 3, 182.5],
        [tuesday, 'BUY', 1, 181],
      ],
      lot,
    );
    expect(book.overnightQuantity.toFixed()).toBe('-3');
    expect(book.overnightValue.toFixed()).toBe('547500');
    const gain = markToMarketOf(book.overnightQuantity, dayViewOf(book, lot), prices(182, 180));
    // One lot from 182 to 181, two from 182 to 180.
    expect(gain?.toFixed()).toBe('5000');
  });

  it('reads empty on a day after its last trades, and as it is on an earlier one', () => {
    const book = bookOf([[monday, 'BUY', 10, 100]]);
    const later = dayBookOn(book, wednesday, one);
    expect(dayViewOf(later, one).buyQuantity.toFixed()).toBe('0');
    expect(later.overnightQuantity.toFixed()).toBe('10');
    expect(later.previousDay).toEqual(monday);
    expect(later.previousQuantity.toFixed()).toBe('10');
    expect(dayBookOn(later, monday, one)).toBe(later);
  });

  it('takes the same date of another market clock for another day', () => {
    const again = { feedId: 'another', date: monday.date };
    const book = bookOf([
      [monday, 'BUY', 10, 100],
      [again, 'BUY', 5, 90],
    ]);
    expect(book.overnightQuantity.toFixed()).toBe('10');
    expect(book.dayBuyQuantity.toFixed()).toBe('5');
  });

  it('counts an execution that is heard of a day late among what was carried', () => {
    const book = bookOf([
      [monday, 'BUY', 10, 100],
      [tuesday, 'SELL', 3, 110],
      [monday, 'BUY', 5, 106],
    ]);
    expect(book.day).toEqual(tuesday);
    expect(book.overnightQuantity.toFixed()).toBe('15');
    expect(book.overnightValue.toFixed()).toBe('1530');
    expect(book.previousQuantity.toFixed()).toBe('15');
    expect(book.daySellQuantity.toFixed()).toBe('3');
  });

  it('shows only the day of shares for delivery, which are carried as holdings', () => {
    const book = bookOf([
      [monday, 'BUY', 10, 100],
      [tuesday, 'SELL', 4, 110],
    ]);
    expect(netQuantityOf(netViewOf(book, 'CNC', one)).toFixed()).toBe('-4');
    expect(netQuantityOf(netViewOf(book, 'NRML', one)).toFixed()).toBe('6');
  });

  it('says nothing of a gain that needs a price nobody knows', () => {
    const traded = dayViewOf(bookOf([[monday, 'BUY', 10, 100]]), one);
    const carried = new Decimal(0);
    expect(markToMarketOf(carried, traded, prices(null, null))).toBeNull();
    expect(markToMarketOf(carried, traded, prices(null, 101))?.toFixed()).toBe('10');
    expect(markToMarketOf(one, traded, prices(null, 101))).toBeNull();
  });
});

describe('the gains of all days', () => {
  const trade = fc.record({
    day: fc.nat({ max: 4 }),
    side: fc.constantFrom<Side>('BUY', 'SELL'),
    quantity: fc.integer({ min: 1, max: 50 }),
    ticks: fc.integer({ min: 1, max: 4_000 }),
  });

  it('sum to the gain of the position since it was opened', () => {
    fc.assert(
      fc.property(
        fc.array(trade, { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        (trades, closes, size) => {
          const multiplier = new Decimal(size);
          const rupees = (ticks: number) => new Decimal(ticks).times('0.05');
          let book = emptyDayBook;
          let position = emptyPositionOf(multiplier);
          let gain = new Decimal(0);
          for (const [day, close] of closes.entries()) {
            const today = feed(`2026-11-${16 + day}`);
            for (const { side, quantity, ticks } of trades.filter((one) => one.day === day)) {
              const units = new Decimal(quantity);
              const price = rupees(ticks);
              book = addToDayBook(book, { day: today, side, quantity: units, price, multiplier });
              position = addToPosition(position, side, units, price);
            }
            const now = dayBookOn(book, today, multiplier);
            const yesterday = closes[day - 1];
            const dayGain = markToMarketOf(now.overnightQuantity, dayViewOf(now, multiplier), {
              closePrice: yesterday === undefined ? null : rupees(yesterday),
              lastPrice: rupees(close),
            });
            gain = gain.plus(dayGain ?? NaN);
            expect(netQuantityOf(netViewOf(now, 'NRML', multiplier)).toFixed()).toBe(
              netQuantityOf(position).toFixed(),
            );
          }
          expect(gain.toFixed()).toBe(pnlOf(position, rupees(closes[4] ?? NaN)).toFixed());
        },
      ),
    );
  });
});
