import type { CalendarDay } from '../../calendar/trading-calendar.ts';
import { TradingCalendar } from '../../calendar/trading-calendar.ts';
import { minuteMs } from '../../calendar/exchange-time.ts';
import { minutesOfTimeFrame, type TimeFrame } from '../../market/time-frame.ts';
import type { BarColumns } from '../columns/bar-columns.ts';
import type { RuleMarket } from '../columns/rule-columns.ts';
import type { RuleBar } from '../evaluate/bar-context.ts';

const dates = ['2019-07-08', '2019-07-09', '2019-07-10', '2019-07-12'];

function day(date: string): CalendarDay {
  const hours = { openMinute: 555, closeMinute: 930, squareOffMinute: 920 };
  return { date, exchange: 'NSE', segment: 'EQUITY', open: true, ...hours };
}

/** For tests: four trading days, of which the last comes after a holiday. */
export const fourDays = new TradingCalendar([
  ...dates.map(day),
  { ...day('2019-07-11'), open: false },
]);

/** For tests: numbers from 0 to below 1, the same ones for a seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Numerical Recipes' linear congruential generator, by its upper bits.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * For tests: a walk of prices over `fourDays` with every tenth bar missing, ends of days cut off now
 * and then, and volumes that are sometimes unknown or zero.
 */
export function randomBars(seed: number, timeFrame: TimeFrame): BarColumns {
  const next = randomNumbers(seed);
  const bars: RuleBar[] = [];
  let price = 50 + next() * 400;
  const length = minutesOfTimeFrame[timeFrame] * minuteMs;
  for (const date of dates) {
    const session = fourDays.sessionOn(date);
    if (session === null) throw new Error('every date is a trading day');
    const end = next() < 0.3 ? session.close - next() * 200 * minuteMs : session.close;
    for (let openTime = session.open; openTime < end; openTime += length) {
      if (next() < 0.1) continue;
      const open = price;
      // Prices come in steps, so that some are equal.
      price = Math.max(1, Math.round((price + (next() - 0.5) * 4) * 20) / 20);
      bars.push({
        openTime,
        closeTime: Math.min(openTime + length, session.close),
        open,
        high: Math.max(open, price) + Math.round(next() * 10) / 20,
        low: Math.max(0.05, Math.min(open, price) - Math.round(next() * 10) / 20),
        close: price,
        volume: next() < 0.05 ? NaN : Math.floor(next() * 1000),
      });
    }
  }
  return columnsOf(bars);
}

/** For tests: bars whose sessions are known. */
export interface RandomMarket extends RuleMarket {
  readonly calendar: TradingCalendar;
}

/** For tests: an instrument and two others of one length of bars. */
export function randomMarket(seed: number, timeFrame: TimeFrame): RandomMarket {
  const [bars, ...references] = [0, 1, 2].map((index) => randomBars(seed * 3 + index, timeFrame));
  if (bars === undefined) throw new Error('three were made');
  return { bars, references, calendar: fourDays };
}

/** For tests: bars as columns. */
export function columnsOf(bars: readonly RuleBar[]): BarColumns {
  const column = (name: keyof RuleBar): Float64Array => Float64Array.from(bars, (bar) => bar[name]);
  return {
    length: bars.length,
    openTime: column('openTime'),
    closeTime: column('closeTime'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

/** For tests: one bar of columns. */
export function barAt(columns: BarColumns, row: number): RuleBar {
  const at = (column: Float64Array): number => column[row] ?? NaN;
  return {
    openTime: at(columns.openTime),
    closeTime: at(columns.closeTime),
    open: at(columns.open),
    high: at(columns.high),
    low: at(columns.low),
    close: at(columns.close),
    volume: at(columns.volume),
  };
}

/** For tests: the market as it was known at `time` (epoch ms), all later bars through `change`. */
export function changedAfter(
  market: RandomMarket,
  time: number,
  change: (bar: RuleBar) => RuleBar | null,
): RandomMarket {
  const changed = (columns: BarColumns): BarColumns =>
    columnsOf(
      Array.from({ length: columns.length }, (_, row) => barAt(columns, row)).flatMap((bar) =>
        bar.closeTime <= time ? bar : (change(bar) ?? []),
      ),
    );
  return { ...market, bars: changed(market.bars), references: market.references.map(changed) };
}
