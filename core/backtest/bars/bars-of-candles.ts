import { dayNumberOf, instantOf, minuteMs } from '../../calendar/exchange-time.ts';
import type { TradingCalendar } from '../../calendar/trading-calendar.ts';
import { lastInstantOfDay } from '../../calendar/whole-days.ts';
import type { CandleColumns } from '../../market/candles.ts';
import {
  barCloseTime,
  minutesOfTimeFrame,
  timeFrames,
  type TimeFrame,
} from '../../market/time-frame.ts';
import type { BarColumns } from '../../strategy/columns/bar-columns.ts';

/** A bar of a day is taken to end with the cash market, at 15:30, where no calendar says otherwise. */
const closeOfDay = 930;

/**
 * Candles as bars that end: after their time frame, at the latest with their session, or without a
 * calendar with their day. Those of days begin and end with the session; without one they are over at
 * 15:30, or with the day where LAST_INSTANT is asked for, since nobody knows when a day beside shorter
 * bars is over.
 */
export function barsOfCandles(
  candles: CandleColumns,
  timeFrame: TimeFrame,
  calendar: TradingCalendar | null,
  endOfDay: 'CASH_CLOSE' | 'LAST_INSTANT' = 'CASH_CLOSE',
): BarColumns {
  if (timeFrame === 'ONE_DAY') return daysOfCandles(candles, calendar, endOfDay);
  const length = minutesOfTimeFrame[timeFrame] * minuteMs;
  const closeTime = candles.openTime.map((openTime) => {
    if (calendar === null) return Math.min(openTime + length, lastInstantOfDay(openTime));
    const session = calendar.sessionAt(openTime);
    return session === null ? openTime + length : barCloseTime(timeFrame, session, openTime);
  });
  return { ...candles, closeTime };
}

function daysOfCandles(
  candles: CandleColumns,
  calendar: TradingCalendar | null,
  endOfDay: 'CASH_CLOSE' | 'LAST_INSTANT',
): BarColumns {
  const openTime = candles.openTime.slice();
  const closeTime = openTime.map((time, row) => {
    const session = calendar?.dayAt(time).session ?? null;
    if (session !== null) {
      openTime[row] = session.open;
      return session.close;
    }
    const close = instantOf(dayNumberOf(time), closeOfDay);
    return endOfDay === 'CASH_CLOSE' && time < close ? close : lastInstantOfDay(time);
  });
  return { ...candles, openTime, closeTime };
}

/** The longest time frame of which no two candles share a bar; null: they are closer than a minute. */
export function timeFrameOf(openTime: Float64Array): TimeFrame | null {
  let shortest = Infinity;
  for (let row = 1; row < openTime.length; row += 1) {
    const gap = (openTime[row] as number) - (openTime[row - 1] as number);
    if (gap < shortest) shortest = gap;
  }
  return timeFrames.findLast((frame) => minutesOfTimeFrame[frame] * minuteMs <= shortest) ?? null;
}
