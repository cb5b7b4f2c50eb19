import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePlainCandleCsv } from '../../market/plain-candle-csv.ts';
import { backtestingPyStatisticsOf } from '../../metrics/backtesting-py.ts';
import { compiled } from '../../strategy/testing/compiled.ts';
import { barsMarketOf } from './bars-market.ts';
import { barsOfCandles } from './bars-of-candles.ts';
import { backtestingPyOptions, type BarsOptions } from './bars-options.ts';
import { pyRecordOf } from './py-record.ts';
import { runBars } from './run-bars.ts';

interface Case {
  readonly id: string;
  readonly statistics: Readonly<Record<string, number | string | { readonly days: number }>>;
  /** Size, entry bar, exit bar, entry price, exit price, profit, return. */
  readonly trades: readonly (readonly [number, number, number, number, number, number, number])[];
}

// Daily prices of GOOG 2004-2013 as kernc/backtesting.py (commit 9c2b8e1c) carries them: facts.
const candles = parsePlainCandleCsv(
  readFileSync(new URL('goog-daily.csv', import.meta.url), 'utf8'),
);
if (!candles.ok) throw new Error(JSON.stringify(candles.failure));
const market = barsMarketOf([
  {
    exchange: 'NASDAQ',
    symbol: 'GOOG',
    bars: barsOfCandles(candles.value, 'ONE_DAY', null),
    multiplier: 1,
  },
]);
const { cases } = JSON.parse(
  readFileSync(new URL('backtesting-py-cases.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly Case[] };

function crossing(fast: number, slow: number): string {
  const [quick, calm] = [`sma(close, ${fast})`, `sma(close, ${slow})`];
  const [up, down] = [`${quick} crosses_above ${calm}`, `${quick} crosses_below ${calm}`];
  return `equity_per_trade 100%
    long entry when ${up} long exit when ${down}
    short entry when ${down} short exit when ${up}`;
}

const settings: Readonly<Record<string, { text: string; options: Partial<BarsOptions> }>> = {
  goog_smacross_10_30: { text: crossing(10, 30), options: { finalizeTrades: 'LAST_OPEN' } },
  goog_readme_10_20_as_published: {
    text: crossing(10, 20),
    options: { spread: 0.002, exclusiveOrders: true },
  },
  goog_readme_10_20_v066: {
    text: crossing(10, 20),
    options: { commission: { kind: 'PERCENT', rate: 0.002 }, exclusiveOrders: true },
  },
};

describe('two crossing averages of GOOG, as backtesting.py 0.6.6 runs them', () => {
  it('are all three of the cases that were run there', () => {
    expect(cases.map(({ id }) => id)).toEqual(Object.keys(settings));
  });

  describe.each(cases)('$id', ({ id, statistics, trades }) => {
    const { text, options } = settings[id] ?? { text: '', options: {} };
    const result = runBars(compiled(text, 'ONE_DAY'), market, {
      ...backtestingPyOptions,
      ...options,
    });

    it('gives the same trades', () => {
      const { length, size, entryBar, exitBar, entryPrice, exitPrice } = result.trades;
      const own = Array.from({ length }, (_, row) => [
        size[row],
        entryBar[row],
        exitBar[row],
        entryPrice[row],
        exitPrice[row],
      ]);
      expect(own).toEqual(trades.map((trade) => trade.slice(0, 5)));
      trades.forEach(([, , , , , pnl, part], row) => {
        expect(relative(result.trades.pnl[row] ?? NaN, pnl)).toBeLessThan(1e-9);
        expect(relative(result.trades.returnPct[row] ?? NaN, part)).toBeLessThan(1e-9);
      });
    });

    it('gives every statistic', () => {
      const own = backtestingPyStatisticsOf(pyRecordOf(result));
      expect(Object.keys(own)).toEqual(Object.keys(statistics));
      for (const [name, value] of Object.entries(statistics)) {
        if (typeof value !== 'number') expect([name, own[name]]).toEqual([name, value]);
        else expect([name, relative(own[name] as number, value) < 1e-6]).toEqual([name, true]);
      }
    });
  });
});

function relative(value: number, wanted: number): number {
  return Math.abs(value - wanted) / Math.max(Math.abs(wanted), 1e-12);
}
