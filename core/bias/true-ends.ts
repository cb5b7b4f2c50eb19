import { timeFrameOf } from '../backtest/bars/bars-of-candles.ts';
import { minuteMs } from '../calendar/exchange-time.ts';
import { lastInstantOfDay } from '../calendar/whole-days.ts';
import { minutesOfTimeFrame } from '../market/time-frame.ts';
import type { BarColumns } from '../strategy/columns/bar-columns.ts';

/** So many bars, days or shorter ones, tell how far apart they are; of fewer, chance could have made the gaps. */
const enough = { days: 10, shorter: 100 } as const;

/** Of so many days one at least has a longer session, in minutes. */
const shortestDay = 120;

/**
 * When (epoch ms) bars were over. That is when they say so, unless all of them are further apart than
 * they claim to be long: days that say they last a minute end with their day, quarters of an hour after a
 * quarter of an hour, whoever gave them a length that is not theirs.
 */
export function trueEndsOf({ openTime, closeTime, length }: BarColumns): Float64Array {
  const frame = timeFrameOf(openTime);
  const isDays = frame === 'ONE_DAY';
  if (frame === null || length < (isDays ? enough.days : enough.shorter)) return closeTime;
  let longest = 0;
  for (let row = 0; row < length; row += 1) {
    longest = Math.max(longest, (closeTime[row] as number) - (openTime[row] as number));
  }
  const minutes = minutesOfTimeFrame[frame];
  if (longest >= Math.min(minutes, shortestDay) * minuteMs) return closeTime;
  return openTime.map((open) => (isDays ? lastInstantOfDay(open) : open + minutes * minuteMs));
}
