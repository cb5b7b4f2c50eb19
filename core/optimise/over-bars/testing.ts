import { barsOfCandles } from '../../backtest/bars/bars-of-candles.ts';
import { defaultBarsOptions, type BarsOptions } from '../../backtest/bars/bars-options.ts';
import { parsePlainCandleCsv } from '../../market/plain-candle-csv.ts';
import type { BarColumns } from '../../strategy/columns/bar-columns.ts';
import type { BarsProblem } from './bars-problem.ts';

/** For tests: daily bars of a file's text. */
export function barsOfCsv(text: string): BarColumns {
  const candles = parsePlainCandleCsv(text);
  if (!candles.ok) throw new Error('the test itself is broken');
  return barsOfCandles(candles.value, 'ONE_DAY', null);
}

/** For tests: two averages that cross, of which both lengths are searched. */
export const crossing = `fast = 10 in 5..30 step 5
slow = 30 in 10..60 step 10
equity_per_trade 100%
long entry when sma(close, fast) crosses_above sma(close, slow)
long exit when sma(close, fast) crosses_below sma(close, slow)`;

/** For tests: a strategy on the bars of one instrument. */
export function problemOf(
  bars: BarColumns,
  document = crossing,
  options: Partial<BarsOptions> = {},
): BarsProblem {
  const { commission, ...rest } = { ...defaultBarsOptions, ...options };
  if (commission.kind === 'CHARGES') throw new Error('charges come as a table');
  return {
    document,
    timeFrame: 'ONE_DAY',
    crossings: 'FROM_TOUCH',
    instruments: [{ exchange: 'NASDAQ', symbol: 'GOOG', bars, multiplier: 1 }],
    references: [],
    calendarDays: null,
    options: rest,
    commission,
  };
}
