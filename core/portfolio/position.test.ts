import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import type { Side } from '../order/order-terms.ts';
import type { Position } from './position.ts';
import {
  addToPosition,
  averageBuyPriceOf,
  averageCostRealisedPnlOf,
  averagePriceOf,
  averageSellPriceOf,
  emptyPositionOf,
  netQuantityOf,
  pnlOf,
} from './position.ts';

function positionOf(...fills: readonly [Side, number, number][]): Position {
  return positionIn(1, ...fills);
}

function positionIn(multiplier: number, ...fills: readonly [Side, number, number][]): Position {
  return fills.reduce(
    (position, [side, quantity, price]) =>
      addToPosition(position, side, new Decimal(quantity), new Decimal(price)),
    emptyPositionOf(new Decimal(multiplier)),
  );
}

describe('a position', () => {
  // The broker's published example; it prints the average as 281.60, but 33810 / 120 is 281.75.
  it('of 50 bought at 280, 50 sold at 287, 70 bought at 283 is worth +140 at 280', () => {
    const position = positionOf(['BUY', 50, 280], ['SELL', 50, 287], ['BUY', 70, 283]);
    expect(netQuantityOf(position).toFixed()).toBe('70');
    expect(averagePriceOf(position)?.toFixed()).toBe('281.75');
    expect(pnlOf(position, new Decimal(280)).toFixed()).toBe('140');
    // Average cost: 50 * (287 - 281.75); the rest of the 140 is unrealised: 70 * (280 - 281.75).
    expect(averageCostRealisedPnlOf(position).toFixed()).toBe('262.5');
  });

  it('sold short averages its sells and gains when the price falls', () => {
    const position = positionOf(['SELL', 10, 100], ['SELL', 30, 104], ['BUY', 20, 101]);
    expect(netQuantityOf(position).toFixed()).toBe('-20');
    expect(averagePriceOf(position)?.toFixed()).toBe('103');
    expect(averageSellPriceOf(position)?.toFixed()).toBe('103');
    // Sold 4120, bought 2020, owes 20 * 99.
    expect(pnlOf(position, new Decimal(99)).toFixed()).toBe('120');
    expect(averageCostRealisedPnlOf(position).toFixed()).toBe('40');
  });

  it('that is flat has no average price and keeps its profit at any last price', () => {
    const position = positionOf(['BUY', 10, 100], ['SELL', 10, 101]);
    expect(averagePriceOf(position)).toBeNull();
    expect(averageBuyPriceOf(position)?.toFixed()).toBe('100');
    expect(pnlOf(position, new Decimal(5)).toFixed()).toBe('10');
    expect(averageCostRealisedPnlOf(position).toFixed()).toBe('10');
  });

  it('without trades has nothing', () => {
    const nothing = positionOf();
    expect(averageBuyPriceOf(nothing)).toBeNull();
    expect(averageSellPriceOf(nothing)).toBeNull();
    expect(pnlOf(nothing, new Decimal(100)).toFixed()).toBe('0');
  });

  it('in lots of 1,000 is worth a thousand times its price, and averages the price itself', () => {
    // Two lots of LEADMINI (1,000 kg each) bought at 160 and 162, one sold at 163.
    const position = positionIn(1_000, ['BUY', 1, 160], ['BUY', 1, 162], ['SELL', 1, 163]);
    expect(position.buyValue.toFixed()).toBe('322000');
    expect(averagePriceOf(position)?.toFixed()).toBe('161');
    // Sold 163,000, bought 322,000, holds one lot at 161.50.
    expect(pnlOf(position, new Decimal('161.5')).toFixed()).toBe('2500');
    expect(averageCostRealisedPnlOf(position).toFixed()).toBe('2000');
  });
});

/** A row of the broker's positions, as far as our position states it; prices in rupees. */
interface KiteRow {
  readonly symbol: string;
  readonly multiplier: number;
  readonly bought: readonly [quantity: number, price: number, value: number];
  readonly sold: readonly [quantity: number, price: number, value: number];
  readonly lastPrice: number;
  readonly quantity: number;
  readonly averagePrice: number;
  readonly pnl: number;
}

// Source: zerodha/kiteconnect-mocks c7a8123, positions.json: the rows of `net`, then those of `day`.
const leadMini: KiteRow = {
  symbol: 'LEADMINI17DECFUT',
  multiplier: 1_000,
  bought: [1, 161.05, 161_050],
  sold: [0, 0, 0],
  lastPrice: 161.05,
  quantity: 1,
  averagePrice: 161.05,
  pnl: 0,
};
const stateBank: KiteRow = {
  symbol: 'SBIN',
  multiplier: 1,
  bought: [1, 311, 311],
  sold: [1, 309, 309],
  lastPrice: 308.4,
  quantity: 0,
  averagePrice: 0,
  pnl: -2,
};
const kiteRows: readonly KiteRow[] = [
  leadMini,
  {
    symbol: 'GOLDGUINEA17DECFUT',
    multiplier: 1,
    bought: [4, 23_139.75, 92_559],
    sold: [4, 23_340, 93_360],
    lastPrice: 23_355,
    quantity: 0,
    averagePrice: 0,
    pnl: 801,
  },
  stateBank,
  {
    symbol: 'GOLDGUINEA17DECFUT of the day',
    multiplier: 1,
    bought: [1, 23_388, 23_388],
    sold: [4, 23_340, 93_360],
    lastPrice: 23_355,
    quantity: -3,
    averagePrice: 23_340,
    pnl: -93,
  },
  { ...leadMini, symbol: 'LEADMINI17DECFUT of the day' },
  { ...stateBank, symbol: 'SBIN of the day' },
];

describe('the broker’s own rows', () => {
  it.each(kiteRows)('come out the same for $symbol', (row) => {
    const [buyQuantity, buyPrice, buyValue] = row.bought;
    const [sellQuantity, sellPrice, sellValue] = row.sold;
    const position = positionIn(
      row.multiplier,
      ['BUY', buyQuantity, buyPrice],
      ['SELL', sellQuantity, sellPrice],
    );
    expect(position.buyValue.toNumber()).toBe(buyValue);
    expect(position.sellValue.toNumber()).toBe(sellValue);
    expect(netQuantityOf(position).toNumber()).toBe(row.quantity);
    expect(averagePriceOf(position)?.toNumber() ?? 0).toBe(row.averagePrice);
    expect(averageBuyPriceOf(position)?.toNumber() ?? 0).toBe(buyPrice);
    expect(averageSellPriceOf(position)?.toNumber() ?? 0).toBe(sellPrice);
    expect(pnlOf(position, new Decimal(row.lastPrice)).toNumber()).toBe(row.pnl);
  });
});
