import { readFileSync } from 'node:fs';
import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import rateCardsJson from '../../data/reference/rate-cards.json' with { type: 'json' };
import { runBacktest } from '../backtest/engine.ts';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import { totalOfCharges } from '../charges/accrued-charges.ts';
import { RateCardBook } from '../charges/rate-card.ts';
import { readRateCards } from '../charges/read-rate-cards.ts';
import { parseKiteCandleCsv } from '../market/kite-candle-csv.ts';
import { compiled } from '../strategy/testing/compiled.ts';
import { markedEquity } from './marked-equity.ts';

function sound<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const calendar = new TradingCalendar(
  ['2019-07-09', '2019-07-10', '2019-07-11'].map((date) => ({
    date,
    exchange: 'NSE',
    segment: 'EQUITY',
    open: true,
    openMinute: 555,
    closeMinute: 930,
    squareOffMinute: 920,
  })),
);
const file = new URL('../../data/nse/YESBANK_minute_2019-07-09_11.csv', import.meta.url);
const candles = sound(parseKiteCandleCsv(readFileSync(file, 'utf8')));
const result = sound(
  runBacktest({
    strategy: compiled(
      `capital_per_trade 100000
       long entry when sma(close, 10) crosses_above sma(close, 30)
       long exit when sma(close, 10) crosses_below sma(close, 30)
       short entry when sma(close, 10) crosses_below sma(close, 30)
       short exit when sma(close, 10) crosses_above sma(close, 30)`,
      'FIVE_MINUTES',
    ),
    instruments: [
      {
        symbol: 'YESBANK',
        exchange: 'NSE',
        type: 'EQUITY',
        lotSize: 1,
        tickSize: 0.05,
        multiplier: 1,
        candles,
      },
    ],
    calendar,
    rateCards: new RateCardBook(sound(readRateCards(rateCardsJson)), 'ZERODHA'),
    marginRates: [],
    initialCapital: new Decimal(1_000_000),
  }),
);

function marked(until: string) {
  return markedEquity({
    initialCapital: 1_000_000,
    fills: result.fills
      .filter(({ time }) => time < Date.parse(until))
      .map(({ side, quantity, price, time, charges }) => ({
        instrument: 0,
        signedQuantity: side === 'BUY' ? quantity.toNumber() : -quantity.toNumber(),
        price: price.toNumber(),
        time,
        charges: totalOfCharges(charges).toNumber(),
      })),
    notedOn: (date) =>
      result.contractNotes
        .filter((note) => note.date === date)
        .reduce((sum, note) => sum + note.charges.total.toNumber(), 0),
    candles: [candles],
    multipliers: [1],
    calendar,
    timeFrame: 'FIVE_MINUTES',
    until: Date.parse(until),
  });
}

test('is the curve that the engine writes for the same fills', () => {
  const curve = marked('2019-07-11T15:30:00+05:30');
  expect([...curve.time]).toEqual([...result.equity.time]);
  curve.equity.forEach((value, point) =>
    expect(value).toBeCloseTo(result.equity.equity[point] ?? NaN, 6),
  );
});

test('ends where the run has come to, with what the charges have accrued to', () => {
  const until = '2019-07-10T11:02:00+05:30';
  const curve = marked(until);
  const last = curve.length - 1;
  expect(curve.time[last]).toBe(Date.parse(until));
  expect(curve.time[last - 1]).toBe(Date.parse('2019-07-10T11:00:00+05:30'));
  const before = [...curve.time.slice(0, last)];
  expect(before).toEqual([...result.equity.time.slice(0, last)]);
});
