import { describe, expect, it } from 'vitest';
import type { Session } from '../calendar/trading-calendar.ts';
import { barCloseTime, barOpenTime, isTimeFrame, timeFrames } from './time-frame.ts';

const open = Date.parse('2019-07-09T09:15:00+05:30');
const session: Session = {
  date: '2019-07-09',
  open,
  close: Date.parse('2019-07-09T15:30:00+05:30'),
  squareOff: Date.parse('2019-07-09T15:20:00+05:30'),
};

function bar(frame: (typeof timeFrames)[number], clock: string): [string, string] {
  const opened = barOpenTime(frame, session, Date.parse(`2019-07-09T${clock}+05:30`));
  const closed = barCloseTime(frame, session, opened);
  const clockOf = (time: number) => new Date(time + 19_800_000).toISOString().slice(11, 16);
  return [clockOf(opened), clockOf(closed)];
}

describe('the bars of a time frame', () => {
  it.each([
    ['ONE_MINUTE', '09:15:59.999', '09:15', '09:16'],
    ['THREE_MINUTES', '09:18:00', '09:18', '09:21'],
    ['FIVE_MINUTES', '15:29:59.999', '15:25', '15:30'],
    ['TEN_MINUTES', '15:29:00', '15:25', '15:30'],
    ['FIFTEEN_MINUTES', '09:29:59', '09:15', '09:30'],
    ['THIRTY_MINUTES', '15:15:00', '15:15', '15:30'],
    ['ONE_HOUR', '10:14:59', '09:15', '10:15'],
    ['ONE_HOUR', '15:20:00', '15:15', '15:30'],
    ['ONE_DAY', '12:00:00', '09:15', '15:30'],
  ] as const)('%s at %s is the one from %s to %s', (frame, clock, opened, closed) => {
    expect(bar(frame, clock)).toEqual([opened, closed]);
  });

  it('are named in the order of their length', () => {
    expect(timeFrames[0]).toBe('ONE_MINUTE');
    expect(timeFrames.at(-1)).toBe('ONE_DAY');
    expect(isTimeFrame('ONE_HOUR')).toBe(true);
    expect(isTimeFrame('toString')).toBe(false);
  });
});
