import { instantOf } from '@nandax/core/calendar/exchange-time.ts';
import { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { noCharges } from '@nandax/core/charges/accrued-charges.ts';
import { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import type { Side } from '@nandax/core/order/order-terms.ts';
import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import type { PortfolioFill, PortfolioMaterial, WrittenEquity } from '../views/portfolio.ts';
import { attributionOf } from './attribute-performance.ts';
import { performanceOf } from './performance-of.ts';

/** 2026-09-07, a Monday; ten days from it on are open from 09:15 to 15:30. */
const monday = 20_703;
const dates = Array.from({ length: 10 }, (_, day) =>
  new Date((monday + day) * 86_400_000).toISOString().slice(0, 10),
);
const hours = { openMinute: 555, closeMinute: 930, squareOffMinute: 920 };
const market = { exchange: 'NSE', segment: 'EQUITY', open: true, ...hours };
const calendar = new TradingCalendar(dates.map((date) => ({ date, ...market })));
const at = (day: number, minute: number) => instantOf(monday + day, minute);
const rupees = (amount: number) => new Decimal(amount);

const fill = (time: number, side: Side, quantity: number, price: number): PortfolioFill => ({
  ...{ instrumentId: 'share', exchange: 'NSE', type: 'EQUITY', product: 'CNC', runId: null },
  ...{ time, side, quantity: rupees(quantity), price: rupees(price), multiplier: rupees(1) },
  charges: noCharges,
});

/** Ten shares at 100, which became twenty at 50 on the way and were sold at `price`. */
function becameTwenty(given: number, sold: number, price: number): PortfolioMaterial {
  const held = (day: number) => sold > at(day, 930);
  return {
    written: dates.map((_, day): WrittenEquity => {
      const mark = { value: rupees(20 * 50), unitValue: rupees(50) };
      return {
        time: at(day, 930),
        equity: rupees(held(day) ? 100_000 : 100_000 - 1_000 + 20 * price),
        flow: rupees(0),
        marks: new Map(held(day) ? [['share', mark]] : []),
      };
    }),
    fills: [fill(at(0, 555), 'BUY', 10, 100), fill(sold, 'SELL', 20, price)],
    notes: [],
    metExits: [],
    trades: [],
    entitlements: [
      { time: given, runId: null, instrumentId: 'share', units: rupees(10), cash: rupees(0) },
    ],
    owners: new Map(),
  };
}

function performanceIn(material: PortfolioMaterial) {
  const range = { from: null, to: null };
  const found = performanceOf(material, range, new RateCardBook([], 'ZERODHA'), calendar);
  if (found === null) throw new Error('ten days are written down');
  return found;
}

test('ten shares that a bonus made twenty, sold after a tenth of the time, were held for a tenth of it', () => {
  const { figures } = performanceIn(becameTwenty(at(0, 700), at(0, 930), 55));
  expect(figures.exposurePercent).toBeCloseTo(10, 9);
});

test('what a split gives at the open is held before what is sold then', () => {
  const whole = performanceIn(becameTwenty(at(3, 555), at(3, 555), 55));
  expect(whole.figures.exposurePercent).toBeCloseTo(30, 9);
  // 20 at 55 for 1,000 paid, which the parts sum to: 0.1 % of the equity before.
  expect(whole.finalEquity.minus(whole.initialEquity).toFixed(2)).toBe('100.00');
  const [share, ...others] = attributionOf(whole, 'INSTRUMENT');
  expect(others).toEqual([]);
  expect(share).toMatchObject({ key: 'share', returnPercent: null, contributionPercent: 0.1 });
  const days = attributionOf(whole, 'DAY');
  const all = days.reduce((sum, { contributionPercent }) => sum + (contributionPercent ?? 0), 0);
  expect(all).toBeCloseTo(0.1, 9);
});
