import { dayNumberOf, minuteMs } from '@nandax/core/calendar/exchange-time.ts';
import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { pathOfCandle } from '@nandax/core/market/bar-path.ts';
import { CandleMerge } from '@nandax/core/market/candle-merge.ts';
import { candleAt, type CandleColumns } from '@nandax/core/market/candles.ts';
import type { Tick } from '@nandax/core/market/tick.ts';
import { TickMerge } from '../market-data/tick-merge.ts';
import type { TickColumns } from '@nandax/core/market/tick-csv.ts';

/** One minute of a replay: its ticks of all instruments, in the order of time. */
export interface ReplayMinute {
  /** Epoch ms of market time. */
  readonly openTime: number;
  readonly ticks: readonly Tick[];
}

/**
 * The minutes of recorded candles that lie in a session of the calendar, each candle taken apart
 * along the documented path of core/market/bar-path.ts. Ticks of one time come in the order of the
 * instruments; the day's volume runs through the minutes of a day.
 */
export function* minutesOfCandles(
  calendar: TradingCalendar,
  candles: readonly CandleColumns[],
): Generator<ReplayMinute> {
  const merge = new CandleMerge(candles);
  const dayVolumes = new Float64Array(candles.length);
  let day = NaN;
  while (merge.next()) {
    const { time, rows } = merge;
    if (calendar.sessionAt(time) === null) continue;
    if (dayNumberOf(time) !== day) {
      day = dayNumberOf(time);
      dayVolumes.fill(0);
    }
    const ticks: Tick[] = [];
    for (const [instrument, columns] of candles.entries()) {
      const row = rows[instrument] ?? -1;
      if (row === -1) continue;
      const candle = candleAt(columns, row);
      const traded = dayVolumes[instrument] ?? 0;
      ticks.push(...pathOfCandle(instrument, candle, traded));
      // An unknown volume stays unknown for its minute only.
      if (!Number.isNaN(candle.volume)) dayVolumes[instrument] = traded + candle.volume;
    }
    // Sorting is stable, so that ticks of one time keep the order of the instruments.
    yield { openTime: time, ticks: ticks.sort((a, b) => a.time - b.time) };
  }
}

/**
 * The minutes of recorded ticks that lie in a session of the calendar. A tick whose time runs
 * backwards stays where it was recorded, in the minute under way, for the clock to drop and count.
 */
export function* minutesOfTicks(
  calendar: TradingCalendar,
  recorded: readonly TickColumns[],
): Generator<ReplayMinute> {
  const merge = new TickMerge(recorded);
  let openTime = NaN;
  let ticks: Tick[] = [];
  while (merge.next()) {
    const { instrument, time, price, volume } = merge;
    if (calendar.sessionAt(time) === null) continue;
    const minute = Math.floor(time / minuteMs) * minuteMs;
    if (!(minute <= openTime)) {
      if (ticks.length > 0) yield { openTime, ticks };
      openTime = minute;
      ticks = [];
    }
    ticks.push({ instrument, time, price, volume: Number.isNaN(volume) ? null : volume });
  }
  if (ticks.length > 0) yield { openTime, ticks };
}
