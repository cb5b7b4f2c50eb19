import { dayNumberOf } from '@nandax/core/calendar/exchange-time.ts';
import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import type { History } from '../ports/store.ts';
import { minuteCandles, type HistoryRange } from './minute-candles.ts';

/** Holidays in a row are shorter than this. */
const lookBackMs = 10 * 86_400_000;

/**
 * Rupees at which each instrument of a range closed on the last day before it that the dataset has, of
 * the ten days before; NaN where there is none.
 */
export async function previousClosesOf(
  history: History,
  calendar: TradingCalendar,
  range: Omit<HistoryRange, 'to'>,
): Promise<readonly number[]> {
  const firstDay = dayNumberOf(range.from.getTime());
  const candles = await minuteCandles(history, calendar, {
    ...range,
    from: new Date(range.from.getTime() - lookBackMs),
    to: range.from,
  });
  return candles.map(({ length, openTime, close }) => {
    for (let row = length - 1; row >= 0; row -= 1) {
      const time = openTime[row] ?? NaN;
      const counts = dayNumberOf(time) < firstDay && calendar.sessionAt(time) !== null;
      if (counts) return close[row] ?? NaN;
    }
    return NaN;
  });
}
