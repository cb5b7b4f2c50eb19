import { dateOfDayNumber, dayNumberOf, instantOf } from './exchange-time.ts';
import type { Session, Sessions } from './trading-calendar.ts';

/**
 * Where nobody knows the sessions: each day, by the clock of the bars, is one, from its first instant to
 * its last. The last, not midnight, so that what ends with a day belongs to that day.
 */
export const wholeDays: Sessions = {
  sessionAt(time): Session {
    const day = dayNumberOf(time);
    const close = lastInstantOfDay(time);
    return { date: dateOfDayNumber(day), open: instantOf(day, 0), close, squareOff: close };
  },
};

/** The last instant (epoch ms) of the exchange day of `time`. */
export function lastInstantOfDay(time: number): number {
  return instantOf(dayNumberOf(time) + 1, 0) - 1;
}
