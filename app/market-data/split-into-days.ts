import { dateOfDayNumber, dayNumberOf, instantOf } from '@nandax/core/calendar/exchange-time.ts';
import { sliceCandles, type CandleColumns } from '@nandax/core/market/candles.ts';
import type { TickColumns } from '@nandax/core/market/tick-csv.ts';
import type { CandlesOfDay, TicksOfDay } from '../ports/market-data.ts';

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

/**
 * Ticks by the exchange day under way when they were recorded, oldest first: one whose time runs
 * back into an earlier day stays where it stood. The columns are views, not copies.
 */
export function splitTicksIntoDays(ticks: TickColumns): TicksOfDay[] {
  const days: TicksOfDay[] = [];
  for (let row = 0; row < ticks.length;) {
    const dayNumber = dayNumberOf(ticks.time[row] ?? NaN);
    let end = row;
    while (end < ticks.length && dayNumberOf(ticks.time[end] ?? NaN) <= dayNumber) end += 1;
    days.push({
      tradingDay: dateOfDayNumber(dayNumber),
      ticks: {
        length: end - row,
        time: ticks.time.subarray(row, end),
        price: ticks.price.subarray(row, end),
        dayVolume: ticks.dayVolume.subarray(row, end),
      },
    });
    row = end;
  }
  return days;
}
