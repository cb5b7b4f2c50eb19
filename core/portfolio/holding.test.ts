import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noCharges } from '../charges/accrued-charges.ts';
import type { Side } from '../order/order-terms.ts';
import { addToDayBook, dayBookOn, dayViewOf, emptyDayBook, markToMarketOf } from './day-book.ts';
import { matchFill, type Lot } from './fifo.ts';
import { holdingOf } from './holding.ts';
import { addToPosition, emptyPositionOf, pnlOf } from './position.ts';

const one = new Decimal(1);
const day = (date: string) => ({ feedId: 'feed', date });
const [friday, monday, tuesday] = ['2026-11-13', '2026-11-16', '2026-11-17'] as const;

type Traded = readonly [date: string, side: Side, quantity: number, price: number];

/** Books and lots of one owner after these trades, as they read on `date`. */
function account(date: string, ...trades: readonly Traded[]) {
  let book = emptyDayBook;
  let lots: readonly Lot[] = [];
  for (const [index, [date, side, units, rupees]] of trades.entries()) {
    const [quantity, price] = [new Decimal(units), new Decimal(rupees)];
    book = addToDayBook(book, { day: day(date), side, quantity, price, multiplier: one });
    lots = matchFill(lots, {
      id: String(index),
      side,
      quantity,
      price,
      multiplier: one,
      time: index,
      charges: noCharges,
    }).lots;
  }
  return { book: dayBookOn(book, day(date), one), lots };
}

const prices = (close: number, last: number) => ({
  closePrice: new Decimal(close),
  lastPrice: new Decimal(last),
});

function shown(holding: ReturnType<typeof holdingOf>) {
  if (holding === null) return null;
  const figures = Object.entries<Decimal | null>({ ...holding });
  return Object.fromEntries(
    figures.map(([name, value]) => [name, value?.toDecimalPlaces(4).toNumber()]),
  );
}

describe('a holding', () => {
  // Rows of the broker's own sample answer (github zerodha/kiteconnect-mocks, holdings.json).
  it.each([
    // symbol, delivered, in settlement, average, last, close: opening, gain, change, percent
    ['SBIN', 11, 7, 429, 426.9, 432.4, 18, -37.8, -5.5, -1.272],
    ['BHEL', 11, 1, 56.35, 75.85, 77, 12, 234, -1.15, -1.4935],
    ['RELIANCE', 0, 2, 2206.5, 2214, 2227.4, 2, 15, -13.4, -0.6016],
    ['AXTEL', 1, 0, 261.5, 313, 308.8, 1, 51.5, 4.2, 1.3601],
  ] as const)(
    'of %s reads as the broker shows it',
    (_, quantity, t1, average, last, close, ...of) => {
      const [openingQuantity, pnl, dayChange, dayChangePercent] = of;
      const bought: Traded[] = [[friday, 'BUY', quantity, average]];
      if (t1 > 0) bought.push([monday, 'BUY', t1, average]);
      const { book, lots } = account(tuesday, ...bought.filter(([, , units]) => units > 0));
      expect(shown(holdingOf(book, lots, monday, prices(close, last)))).toMatchObject({
        quantity,
        t1Quantity: t1,
        openingQuantity,
        usedQuantity: 0,
        sellableQuantity: openingQuantity,
        averagePrice: average,
        pnl,
        dayChange,
        dayChangePercent,
      });
    },
  );

  it('is not there on the day of the purchase', () => {
    const { book, lots } = account(monday, [monday, 'BUY', 10, 100]);
    expect(holdingOf(book, lots, friday, prices(100, 100))).toBeNull();
  });

  it('settles one trading day later, over a holiday too', () => {
    const { book, lots } = account(tuesday, [friday, 'BUY', 10, 100]);
    // Monday was closed.
    const closed = holdingOf(book, lots, friday, prices(100, 100));
    expect([closed?.quantity.toFixed(), closed?.t1Quantity.toFixed()]).toEqual(['0', '10']);
    const open = holdingOf(book, lots, monday, prices(100, 100));
    expect([open?.quantity.toFixed(), open?.t1Quantity.toFixed()]).toEqual(['10', '0']);
  });

  it('sold in part counts what is used, and values the rest by its oldest cost that is left', () => {
    const { book, lots } = account(
      tuesday,
      [friday, 'BUY', 10, 100],
      [monday, 'BUY', 5, 120],
      [tuesday, 'SELL', 12, 130],
    );
    expect(shown(holdingOf(book, lots, monday, prices(125, 128)))).toMatchObject({
      openingQuantity: 15,
      t1Quantity: 5,
      quantity: 10,
      usedQuantity: 12,
      sellableQuantity: 3,
      averagePrice: 120,
      pnl: 24,
    });
  });

  it('sold out has no average any more', () => {
    const { book, lots } = account(tuesday, [friday, 'BUY', 10, 100], [tuesday, 'SELL', 10, 130]);
    expect(shown(holdingOf(book, lots, monday, prices(125, 128)))).toMatchObject({
      usedQuantity: 10,
      sellableQuantity: 0,
      averagePrice: undefined,
      pnl: 0,
    });
  });

  it('is untouched by what is bought and sold within a day', () => {
    const { book, lots } = account(
      tuesday,
      [friday, 'BUY', 10, 100],
      [tuesday, 'BUY', 4, 110],
      [tuesday, 'SELL', 4, 112],
    );
    expect(shown(holdingOf(book, lots, monday, prices(105, 108)))).toMatchObject({
      openingQuantity: 10,
      usedQuantity: 0,
      sellableQuantity: 10,
    });
  });

  it('and the position of the day together gain what the account gains', () => {
    const trade = fc.tuple(
      fc.constantFrom(friday, monday, tuesday),
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 50, max: 150 }),
    );
    fc.assert(
      fc.property(
        fc.array(trade, { maxLength: 20 }),
        fc.integer({ min: 50, max: 150 }),
        fc.integer({ min: 50, max: 150 }),
        (asked, close, last) => {
          // Delivery is never sold short: sales are cut to what is held.
          let held = 0;
          const trades = [...asked]
            .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
            .flatMap(([date, buys, units, price]): Traded[] => {
              const quantity = buys ? units : Math.min(units, held);
              held += buys ? quantity : -quantity;
              return quantity === 0 ? [] : [[date, buys ? 'BUY' : 'SELL', quantity, price]];
            });
          const positionAfter = (through: string) =>
            trades
              .filter(([date]) => date <= through)
              .reduce(
                (position, [, side, quantity, price]) =>
                  addToPosition(position, side, new Decimal(quantity), new Decimal(price)),
                emptyPositionOf(one),
              );
          const { book, lots } = account(tuesday, ...trades);
          const holding = holdingOf(book, lots, monday, prices(close, last));
          const ofHolding = (holding?.dayChange ?? new Decimal(0)).times(
            holding?.openingQuantity ?? 0,
          );
          const ofDay = markToMarketOf(new Decimal(0), dayViewOf(book, one), prices(close, last));
          const before = pnlOf(positionAfter(monday), new Decimal(close));
          const after = pnlOf(positionAfter(tuesday), new Decimal(last));
          expect(ofHolding.plus(ofDay ?? NaN).toFixed()).toBe(after.minus(before).toFixed());
          // What is left to sell is never more than is held.
          expect(holding?.sellableQuantity.greaterThan(held) ?? false).toBe(false);
        },
      ),
    );
  });
});
