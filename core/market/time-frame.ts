import type { Session } from '../calendar/trading-calendar.ts';
import { minuteMs } from '../calendar/exchange-time.ts';

/** Minutes of each time frame's bar; a day's bar spans its session, whatever that day's length. */
export const minutesOfTimeFrame = {
  ONE_MINUTE: 1,
  THREE_MINUTES: 3,
  FIVE_MINUTES: 5,
  TEN_MINUTES: 10,
  FIFTEEN_MINUTES: 15,
  THIRTY_MINUTES: 30,
  ONE_HOUR: 60,
  ONE_DAY: 1440,
} as const;

/** The length of a bar. */
export type TimeFrame = keyof typeof minutesOfTimeFrame;

/** All time frames, shortest first. */
export const timeFrames = Object.keys(minutesOfTimeFrame) as readonly TimeFrame[];

/** Whether `value` names a time frame. */
export function isTimeFrame(value: string): value is TimeFrame {
  return Object.hasOwn(minutesOfTimeFrame, value);
}

/** Whether bars of `longer` are made of whole bars of `own`, however long a session is; or are the same. */
export function isMadeOf(longer: TimeFrame, own: TimeFrame): boolean {
  const minutes = minutesOfTimeFrame[longer];
  return longer === 'ONE_DAY' || (own !== 'ONE_DAY' && minutes % minutesOfTimeFrame[own] === 0);
}

/**
 * Open time (epoch ms) of the bar in which `time` falls. Bars are aligned to the session's open, not
 * to the clock's hours: the hourly bars of an NSE day open at 09:15, 10:15, ... (Kite's rule).
 * `time` lies inside the session.
 */
export function barOpenTime(timeFrame: TimeFrame, session: Session, time: number): number {
  const length = minutesOfTimeFrame[timeFrame] * minuteMs;
  return session.open + Math.floor((time - session.open) / length) * length;
}

/**
 * Close time (epoch ms, not itself inside the bar) of the bar that opens at `openTime`: its length
 * later, or the session's close where that comes first.
 */
export function barCloseTime(timeFrame: TimeFrame, session: Session, openTime: number): number {
  return Math.min(openTime + minutesOfTimeFrame[timeFrame] * minuteMs, session.close);
}
