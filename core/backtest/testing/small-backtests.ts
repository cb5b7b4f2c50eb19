import { Decimal } from 'decimal.js';
import { TradingCalendar, type CalendarDay } from '../../calendar/trading-calendar.ts';
import { RateCardBook } from '../../charges/rate-card.ts';
import { readRateCards } from '../../charges/read-rate-cards.ts';
import { CandleColumnsBuilder, type CandleColumns } from '../../market/candles.ts';
import { parseKiteCandleCsv } from '../../market/kite-candle-csv.ts';
import type { TimeFrame } from '../../market/time-frame.ts';
import { readMarginRates } from '../../risk/read-margin-rates.ts';
import { compiled } from '../../strategy/testing/compiled.ts';
import type { BacktestInput, BacktestResult } from '../backtest.ts';
import { runBacktest } from '../engine.ts';

export function day(date: string): CalendarDay {
  const hours = { openMinute: 555, closeMinute: 930, squareOffMinute: 920 };
  return { date, exchange: 'NSE', segment: 'EQUITY', open: true, ...hours };
}
const calendar = new TradingCalendar(['2019-07-09', '2019-07-10', '2019-07-11'].map(day));

export function at(clock: string, date = '2019-07-09'): number {
  return Date.parse(`${date}T${clock}:00+05:30`);
}

/** Minute candles at standing prices: `clock open close`, on 2019-07-09 unless a date leads. */
export function candles(...minutes: string[]): CandleColumns {
  const builder = new CandleColumnsBuilder();
  for (const minute of minutes) {
    const parts = minute.split(' ');
    const date = parts.length === 4 ? parts.shift() : undefined;
    const [clock = '', openText, closeText] = parts;
    const [open, close] = [Number(openText), Number(closeText)] as const;
    builder.add(at(clock, date), open, Math.max(open, close), Math.min(open, close), close, 100);
  }
  return builder.build();
}

export interface Setting {
  readonly rules?: string;
  readonly size?: string;
  readonly timeFrame?: TimeFrame;
  readonly slippageTicks?: number;
  readonly multiplier?: number;
  /** Rupees. */
  readonly capital?: number;
}

export const aboveHundred = 'long entry when close > 100 long exit when close < 100';

/** Backtests of a few candles, charged and margined as the given reference data says. */
export function smallBacktests(bundled: { rateCards: unknown; marginRates: unknown }) {
  const cards = readRateCards(bundled.rateCards);
  const margins = readMarginRates(bundled.marginRates);
  if (!cards.ok || !margins.ok) throw new Error('the bundled data is damaged');
  const rateCards = new RateCardBook(cards.value, 'ZERODHA');
  const marginRates = margins.value;

  function input(columns: readonly CandleColumns[], setting: Setting = {}): BacktestInput {
    const { rules = aboveHundred, timeFrame = 'ONE_MINUTE', slippageTicks = 0 } = setting;
    const instruments = columns.map((own, index) => ({
      symbol: `SHARE${index}`,
      exchange: 'NSE' as const,
      type: 'EQUITY' as const,
      lotSize: 1,
      tickSize: 0.05,
      multiplier: setting.multiplier ?? 1,
      candles: own,
    }));
    const strategy = compiled(`${setting.size ?? 'capital_per_trade 100000'} ${rules}`, timeFrame);
    const initialCapital = new Decimal(setting.capital ?? 1_000_000);
    const fillModel = { slippageTicks };
    return { strategy, instruments, calendar, rateCards, marginRates, initialCapital, fillModel };
  }

  function backtest(columns: readonly CandleColumns[], setting: Setting = {}): BacktestResult {
    const result = runBacktest(input(columns, setting));
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    return result.value;
  }

  return { input, backtest };
}

/** Fills as `date clock side quantity price reason instrument`. */
export function fillsOf({ fills }: BacktestResult): string[] {
  return fills.map(({ time, side, quantity, price, reason, instrument }) => {
    const clock = new Date(time + 19_800_000).toISOString().slice(5, 16).replace('T', ' ');
    return [clock, side, quantity.toFixed(), price.toFixed(2), reason, instrument].join(' ');
  });
}

/** @throws where a file of Kite's candles is damaged. */
export function kiteCandles(text: string): CandleColumns {
  const parsed = parseKiteCandleCsv(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}

export const meanOfTwo = `
  long entry when close crosses_above sma(close, 2) long exit when close crosses_below sma(close, 2)
  short entry when close crosses_below sma(close, 2) short exit when close crosses_above sma(close, 2)`;
