import { instantOf, minuteMs } from '../../calendar/exchange-time.ts';
import type { TradingCalendar } from '../../calendar/trading-calendar.ts';
import { CandleColumnsBuilder } from '../../market/candles.ts';
import type { TimeFrame } from '../../market/time-frame.ts';
import { compiled } from '../../strategy/testing/compiled.ts';
import { barsMarketOf, type BarsInstrument } from './bars-market.ts';
import { barsOfCandles } from './bars-of-candles.ts';
import { defaultBarsOptions, type BarsOptions } from './bars-options.ts';
import type { BarsResult } from './bars-result.ts';
import { runBars } from './run-bars.ts';

/** For tests: open, high, low, close and volume (100 where left out) of one bar. */
export type BarRow = readonly [number, number, number, number, number?];

/** For tests: the day (since 1970-01-01) of the first bar, a Monday. */
export const firstDay = 18_001;

/** For tests: daily bars, one a day from `firstDay` on; null is a day without a bar. */
export function days(rows: readonly (BarRow | null)[], symbol = 'A'): BarsInstrument {
  const candles = new CandleColumnsBuilder();
  rows.forEach((row, day) => {
    if (row === null) return;
    const [open, high, low, close, volume = 100] = row;
    candles.add(instantOf(firstDay + day, 0), open, high, low, close, volume);
  });
  return {
    exchange: 'NSE',
    symbol,
    bars: barsOfCandles(candles.build(), 'ONE_DAY', null),
    multiplier: 1,
  };
}

/** For tests: bars of five minutes from given minutes of the day on, on the days given. */
export function fiveMinutes(
  rows: readonly (readonly [day: number, minute: number, row: BarRow])[],
  calendar: TradingCalendar | null,
): BarsInstrument {
  const candles = new CandleColumnsBuilder();
  for (const [day, minute, [open, high, low, close, volume = 100]] of rows) {
    candles.add(instantOf(firstDay + day, 0) + minute * minuteMs, open, high, low, close, volume);
  }
  const bars = barsOfCandles(candles.build(), 'FIVE_MINUTES', calendar);
  return { exchange: 'NSE', symbol: 'A', bars, multiplier: 1 };
}

/** For tests: a run over instruments with the default options but for `options`. */
export function ran(
  text: string,
  instruments: readonly BarsInstrument[],
  options: Partial<BarsOptions> = {},
  timeFrame: TimeFrame = 'ONE_DAY',
  calendar: TradingCalendar | null = null,
): BarsResult {
  const market = barsMarketOf(instruments, [], calendar);
  return runBars(compiled(text, timeFrame), market, { ...defaultBarsOptions, ...options });
}

/** For tests: trades as `[size, entry bar, exit bar, entry price, exit price, profit]`. */
export function tradesOf({ trades }: BarsResult): number[][] {
  const { size, entryBar, exitBar, entryPrice, exitPrice, pnl } = trades;
  return Array.from({ length: trades.length }, (_, row) =>
    [size, entryBar, exitBar, entryPrice, exitPrice, pnl].map((column) => column[row] ?? NaN),
  );
}
