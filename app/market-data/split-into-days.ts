import { dateOfDayNumber, dayNumberOf, instantOf } from '@nandax/core/calendar/exchange-time.ts';
import { sliceCandles, type CandleColumns } from '@nandax/core/market/candles.ts';
import type { CandlesOfDay } from '../ports/market-data.ts';

/** Candles by exchange day, oldest first; the columns are views, not copies. */
export function splitIntoDays(candles: CandleColumns): CandlesOfDay[] {
  const days: CandlesOfDay[] = [];
  for (let row = 0; row < candles.length;) {
    const dayNumber = dayNumberOf(candles.openTime[row] ?? NaN);
    const day = sliceCandles(candles, instantOf(dayNumber, 0), instantOf(dayNumber + 1, 0));
    days.push({ tradingDay: dateOfDayNumber(dayNumber), candles: day });
    row += day.length;
  }
  return days;
}
