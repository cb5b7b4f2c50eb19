import { readFileSync } from 'node:fs';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import marginRates from '../../data/reference/margin-rates.json' with { type: 'json' };
import rateCards from '../../data/reference/rate-cards.json' with { type: 'json' };
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import { RateCardBook } from '../charges/rate-card.ts';
import { CandleColumnsBuilder, sliceCandles } from '../market/candles.ts';
import type { BacktestInstrument, BacktestResult } from './backtest.ts';
import { runBacktest } from './engine.ts';
import {
  at,
  candles,
  fillsOf,
  meanOfTwo,
  aboveHundred,
  type Setting,
  day,
  smallBacktests,
  kiteCandles,
} from './testing/small-backtests.ts';

const { input, backtest } = smallBacktests({ rateCards, marginRates });

const yesBankFile = new URL('../../data/nse/YESBANK_minute_2019-07-09_11.csv', import.meta.url);
const yesBank = kiteCandles(readFileSync(yesBankFile, 'utf8'));

it('leaves a share with a closing auction at its own time, 15:12, and another at 15:20', () => {
  const rows = [
    '15:00 101 101',
    '15:01 101 101',
    '15:12 102 102',
    '15:20 103 103',
    '15:29 103 103',
  ];
  const { instruments, ...rest } = input([candles(...rows), candles(...rows)]);
  const [first, second] = instruments as [BacktestInstrument, BacktestInstrument];
  const own = { ...day('2019-07-09'), closeMinute: 915, squareOffMinute: 912 };
  const ownCalendar = new TradingCalendar([own]);
  const result = runBacktest({ ...rest, instruments: [{ ...first, ownCalendar }, second] });
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  // Both bars of 15:00 close at 15:01 above 100; 100000 / 101 = 990.09; both enter at the next open.
  expect(fillsOf(result.value).filter((fill) => fill.includes('SQUARE_OFF'))).toEqual([
    '07-09 15:12 SELL 990 102.00 SQUARE_OFF 0',
    '07-09 15:20 SELL 990 103.00 SQUARE_OFF 1',
  ]);
});

describe('the time line', () => {
  it('fills an order of one minute at the open of the next, wherever that opens', () => {
    const result = backtest([
      candles('09:15 99 101', '09:16 104 105', '09:17 105 99', '09:18 90 90'),
    ]);
    expect(fillsOf(result)).toEqual([
      '07-09 09:16 BUY 990 104.00 RULE 0',
      '07-09 09:18 SELL 990 90.00 RULE 0',
    ]);
  });

  it('lets an order wait over empty minutes, and gives no second one meanwhile', () => {
    const quiet = candles('09:15 99 101', '09:40 102 103');
    const busy = candles('09:15 99 99', '09:16 99 99', '09:17 99 99', '09:41 99 99');
    expect(fillsOf(backtest([quiet, busy]))).toEqual(['07-09 09:40 BUY 990 102.00 RULE 0']);
  });

  it('decides on a bar at its end though its last minutes are empty', () => {
    const result = backtest([candles('09:15 99 101', '09:21 104 104')], {
      timeFrame: 'FIVE_MINUTES',
    });
    expect(result.fills[0]).toMatchObject({ decidedAt: at('09:20'), time: at('09:21') });
  });

  it('slips against the trader by ticks: 104.00 and 90.00 become 104.10 and 89.90', () => {
    const prices = ['09:15 99 101', '09:16 104 105', '09:17 105 99', '09:18 90 90'];
    const result = backtest([candles(...prices)], { slippageTicks: 2 });
    expect(result.fills.map(({ price }) => price.toFixed(2))).toEqual(['104.10', '89.90']);
  });

  it('neither trades on nor fills at prices outside the session', () => {
    const result = backtest([
      candles('09:07 101 101', '09:15 99 99', '15:19 99 99', '15:40 150 150'),
    ]);
    expect(result.fills).toEqual([]);
    expect(result.caveats.dirtyInput.outsideSession).toBe(2);
  });

  it('respects the most positions over all instruments, in their order', () => {
    const same = ['09:15 99 101', '09:16 101 101', '09:17 101 101'];
    const result = backtest([candles(...same), candles(...same)], {
      rules: `max_positions 1 ${aboveHundred}`,
    });
    expect(fillsOf(result)).toEqual(['07-09 09:16 BUY 990 101.00 RULE 0']);
    expect(result.caveats.openPositions).toBe(1);
  });
});

describe('the end of the day', () => {
  it('squares off what an entry opened only after the square-off time', () => {
    const result = backtest([candles('15:18 99 101', '15:24 102 102', '15:26 103 103')]);
    expect(fillsOf(result)).toEqual([
      '07-09 15:24 BUY 990 102.00 RULE 0',
      '07-09 15:26 SELL 990 103.00 SQUARE_OFF 0',
    ]);
  });

  it('ends an order that met no price, and squares the position off the next day', () => {
    const result = backtest([
      candles(
        '15:10 99 101',
        '15:11 101 101',
        '2019-07-10 09:15 99.5 100',
        '2019-07-10 15:20 98 98',
      ),
    ]);
    expect(fillsOf(result)).toEqual([
      '07-09 15:11 BUY 990 101.00 RULE 0',
      '07-10 15:20 SELL 990 98.00 SQUARE_OFF 0',
    ]);
    // Squared off at 15:20 on the 9th, without a price to the close.
    expect(result.caveats.expiredOrders).toBe(1);
  });

  it('carries a delivered position, and an order of the close into the next session', () => {
    const result = backtest(
      [
        candles(
          '15:29 99 101',
          '2019-07-10 09:15 105 99',
          '2019-07-10 15:29 99 99',
          '2019-07-11 09:15 97 97',
        ),
      ],
      { rules: `product CNC ${aboveHundred}`, timeFrame: 'ONE_DAY' },
    );
    expect(fillsOf(result)).toEqual([
      '07-10 09:15 BUY 990 105.00 RULE 0',
      '07-11 09:15 SELL 990 97.00 RULE 0',
    ]);
    expect(result.contractNotes.map(({ date, segment }) => [date, segment])).toEqual([
      ['2019-07-10', 'EQUITY_DELIVERY'],
      ['2019-07-11', 'EQUITY_DELIVERY'],
    ]);
    const { charges, netPnl } = result.statistics;
    expect(netPnl.toFixed(2)).toBe(new Decimal(990 * -8).minus(charges).toFixed(2));
    expect(result.equity.equity.at(-1)).toBeCloseTo(1_000_000 + netPnl.toNumber(), 6);
  });

  it('marks the equity of a held position at the last close', () => {
    const { equity, statistics } = backtest([
      candles('09:15 99 101', '09:16 100 100', '09:17 103 103'),
    ]);
    // 990 bought at 100: 2970 more at 103, less the charges of one order.
    expect(equity.equity.at(-1)).toBeCloseTo(1_002_970 - statistics.charges.toNumber(), 6);
    expect(statistics.totalTrades).toBe(0);
    expect(statistics.netPnl.toFixed(2)).toBe(statistics.charges.negated().toFixed(2));
    expect(statistics.openPnl.toFixed(2)).toBe('2970.00');
  });
});

describe('no decision sees the future', () => {
  const settings: Setting[] = [
    { rules: `stop_loss 0.5% ${meanOfTwo}`, timeFrame: 'FIVE_MINUTES' },
    { rules: meanOfTwo, timeFrame: 'ONE_MINUTE' },
  ];
  const row = fc.integer({ min: 1, max: yesBank.length - 1 });

  it.each(settings)('when all candles after a bar are cut off (%#)', (setting) => {
    const whole = backtest([yesBank], setting).fills;
    fc.assert(
      fc.property(row, (last) => {
        const cut = yesBank.openTime[last] ?? NaN;
        const known = backtest([sliceCandles(yesBank, 0, cut)], setting).fills;
        expect(known).toEqual(whole.filter(({ time }) => time < cut));
      }),
      { numRuns: 20 },
    );
  });

  it.each(settings)('when all candles after a bar are others (%#)', (setting) => {
    const whole = backtest([yesBank], setting);
    fc.assert(
      fc.property(row, fc.double({ min: 0.5, max: 2, noNaN: true }), (last, factor) => {
        const cut = yesBank.openTime[last] ?? NaN;
        const changed = { ...yesBank };
        for (const name of ['open', 'high', 'low', 'close'] as const) {
          changed[name] = yesBank[name].map((price, index) =>
            index < last ? price : price * factor,
          );
        }
        const other = backtest([changed], setting);
        const decidedBefore = ({ decisions }: BacktestResult) =>
          decisions.filter(({ time }) => time <= cut);
        expect(decidedBefore(other)).toEqual(decidedBefore(whole));
      }),
      { numRuns: 20 },
    );
  });
});

describe('a run', () => {
  it('repeats itself to the last bit', () => {
    const setting: Setting = { rules: meanOfTwo, timeFrame: 'THREE_MINUTES' };
    expect(backtest([yesBank], setting)).toEqual(backtest([yesBank], setting));
  });

  it('tells its progress up to the end', () => {
    const heard: number[] = [];
    const minutes = Array.from({ length: 25_000 }, (_, index) => index * 60_000 + at('09:15'));
    const builder = new CandleColumnsBuilder();
    for (const time of minutes) builder.add(time, 1, 1, 1, 1, 1);
    runBacktest(input([builder.build()]), (fraction) => heard.push(fraction));
    expect(heard).toEqual([0.4, 0.8, 1]);
  });

  it('is refused, with the reason, where it could not mean anything', () => {
    const some = candles('09:15 99 101');
    const failureOf = (result: ReturnType<typeof runBacktest>) =>
      result.ok ? null : result.failure;
    expect(failureOf(runBacktest(input([])))).toEqual({ code: 'NO_INSTRUMENTS' });
    expect(failureOf(runBacktest(input([some], { timeFrame: 'ONE_DAY' })))).toEqual({
      code: 'DAILY_BARS_NEED_DELIVERY',
      reason: expect.stringContaining('needs a shorter time frame') as unknown,
    });
    expect(failureOf(runBacktest(input([candles('2019-07-13 10:00 1 1')])))).toEqual({
      code: 'NO_CANDLES_IN_SESSION',
    });
    const noCards = new RateCardBook([], 'ZERODHA');
    expect(failureOf(runBacktest({ ...input([some]), rateCards: noCards }))).toEqual({
      code: 'NO_RATES',
      symbol: 'SHARE0',
      exchange: 'NSE',
    });
  });
});
