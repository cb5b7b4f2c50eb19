import { emptyDayBook } from '@nandax/core/portfolio/day-book.ts';
import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import type { ChargesView } from '../views/order.ts';
import type { PositionView } from '../views/portfolio.ts';
import { accountOf, noChargesView, totalOfChargesView } from './account-of.ts';

const bought: PositionView = {
  instrumentId: 'one',
  product: 'MIS',
  multiplier: new Decimal(1),
  margin: new Decimal(1_200),
  buyQuantity: new Decimal(100),
  buyValue: new Decimal(10_000),
  sellQuantity: new Decimal(40),
  sellValue: new Decimal(4_200),
  // 40 units bought at 100 and sold at 105.
  realisedPnl: new Decimal(200),
  lastPrice: new Decimal(98),
  closePrice: null,
  book: emptyDayBook,
  exchange: 'NSE',
};

function charges(brokerage: number, stampDuty: number): ChargesView {
  return {
    ...noChargesView,
    brokerage: new Decimal(brokerage),
    stampDuty: new Decimal(stampDuty),
  };
}

const figures = {
  // 50,000 paid in, 200 gained intraday, a note of 30 paid; a fifth of 60 units at 100 is blocked.
  cash: new Decimal(48_970),
  margin: new Decimal(1_200),
  securities: new Decimal(0),
  settlement: new Decimal(0),
  realisedPnl: new Decimal(200),
  notedCharges: charges(20, 10),
  tradingState: 'ACTIVE',
  marketTime: null,
} as const;

test('equity is cash, margin and gain; charges are those noted and those accrued since', () => {
  const account = accountOf(figures, [bought], charges(5, 1));
  // 60 units bought at 100 are worth 98.
  expect(account.equity.toFixed(2)).toBe('50050.00');
  expect(account.unrealisedPnl.toFixed(2)).toBe('-120.00');
  expect(totalOfChargesView(account.charges).toFixed(2)).toBe('36.00');
  // 200 - 120 - 36.
  expect(account.netPnl.toFixed(2)).toBe('44.00');
});

test('an option sold is owed at its last price', () => {
  const short: PositionView = {
    ...bought,
    buyQuantity: new Decimal(0),
    buyValue: new Decimal(0),
    sellQuantity: new Decimal(10),
    sellValue: new Decimal(1_000),
    realisedPnl: new Decimal(0),
    lastPrice: new Decimal(90),
  };
  const held = {
    cash: new Decimal(51_000),
    margin: new Decimal(0),
    securities: new Decimal(-1_000),
  };
  const account = accountOf({ ...figures, ...held }, [short], null);
  // 10 options at 90 are owed; they were sold at 100.
  expect(account.equity.toFixed(2)).toBe('50100.00');
  expect(account.unrealisedPnl.toFixed(2)).toBe('100.00');
});

test('while there is no price, what is held counts at its cost', () => {
  const account = accountOf(figures, [{ ...bought, lastPrice: null }], null);
  // 48,970 and 1,200.
  expect(account.equity.toFixed(2)).toBe('50170.00');
  expect(account.unrealisedPnl.toFixed(2)).toBe('0.00');
});

test('a portfolio of which nothing is known yet is worth nothing', () => {
  const account = accountOf(null, [], null);
  expect([account.cash, account.equity, account.netPnl].map(String)).toEqual(['0', '0', '0']);
});
