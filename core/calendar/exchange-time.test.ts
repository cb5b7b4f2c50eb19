import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dateOfDayNumber,
  dayNumberOf,
  dayNumberOfDate,
  exchangeDateOf,
  formatExchangeTime,
  instantOf,
  minuteOfDay,
  parseExchangeTime,
  weekdayOf,
} from './exchange-time.ts';

describe('exchange time', () => {
  it('begins the day of India at 18:30 UTC of the day before', () => {
    expect(exchangeDateOf(Date.parse('2019-07-08T18:29:59.999Z'))).toBe('2019-07-08');
    expect(exchangeDateOf(Date.parse('2019-07-08T18:30:00Z'))).toBe('2019-07-09');
  });

  it('reads 03:45 UTC as 09:15, minute 555', () => {
    const open = Date.parse('2019-07-09T03:45:00Z');
    expect(minuteOfDay(open)).toBe(555);
    expect(minuteOfDay(open + 59_999)).toBe(555);
    expect(instantOf(dayNumberOf(open), 555)).toBe(open);
    expect(formatExchangeTime(open)).toBe('2019-07-09T09:15:00+05:30');
  });

  it('knows Tuesday 2019-07-09, Saturday 2020-02-01 and days before 1970', () => {
    expect(weekdayOf(dayNumberOfDate('2019-07-09') ?? NaN)).toBe(2);
    expect(weekdayOf(dayNumberOfDate('2020-02-01') ?? NaN)).toBe(6);
    expect(weekdayOf(dayNumberOfDate('1969-12-31') ?? NaN)).toBe(3);
  });

  it.each(['2019-02-29', '2019-13-01', '2019-00-10', '19-01-01', '2019-01-01 ', ''])(
    'refuses %j as a date',
    (text) => {
      expect(dayNumberOfDate(text)).toBeNull();
    },
  );

  it('takes every day number to a date and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (dayNumber) => {
        expect(dayNumberOfDate(dateOfDayNumber(dayNumber))).toBe(dayNumber);
      }),
    );
  });

  it('parses what it formats', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const time = seconds * 1000;
        expect(parseExchangeTime(formatExchangeTime(time), 'required')).toBe(time);
      }),
    );
  });

  it('parses an offset with and without colon, and a time without one where that is due', () => {
    const open = Date.parse('2019-07-09T03:45:00Z');
    expect(parseExchangeTime('2019-07-09T09:15:00+0530', 'required')).toBe(open);
    expect(parseExchangeTime('2019-07-09 09:15:00+05:30', 'required')).toBe(open);
    expect(parseExchangeTime('2019-07-09 09:15:00', 'absent')).toBe(open);
  });

  it.each([
    ['2019-07-09T09:15:00', 'required'],
    ['2019-07-09T09:15:00Z', 'required'],
    ['2019-07-09T09:15:00+0000', 'required'],
    ['2019-07-09T09:15:00+0530', 'absent'],
    ['2019-07-09 24:00:00', 'absent'],
    ['2019-07-09 09:60:00', 'absent'],
    ['2019-02-30 09:15:00', 'absent'],
  ] as const)('refuses %j where an offset is %s', (text, offset) => {
    expect(parseExchangeTime(text, offset)).toBeNull();
  });
});
