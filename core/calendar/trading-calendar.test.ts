import { describe, expect, it } from 'vitest';
import { instantOf, dayNumberOfDate } from './exchange-time.ts';
import { TradingCalendar, type CalendarDay } from './trading-calendar.ts';

function row(date: string, changes: Partial<CalendarDay> = {}): CalendarDay {
  return {
    date,
    exchange: 'NSE',
    segment: 'EQUITY',
    open: true,
    openMinute: 555,
    closeMinute: 930,
    squareOffMinute: 920,
    ...changes,
  };
}

function at(date: string, minute: number): number {
  return instantOf(dayNumberOfDate(date) ?? NaN, minute);
}

// 2025-10-20 is a Monday; 2025-10-21 was a holiday with an evening session of one hour.
const calendar = new TradingCalendar([
  row('2025-10-20'),
  row('2025-10-21', { openMinute: 825, closeMinute: 885, squareOffMinute: 875 }),
  row('2025-10-22', { open: false, openMinute: 0, closeMinute: 0, squareOffMinute: 0 }),
]);

describe('the trading calendar', () => {
  it('holds a session from its open up to, but not at, its close', () => {
    expect(calendar.sessionAt(at('2025-10-20', 555) - 1)).toBeNull();
    expect(calendar.sessionAt(at('2025-10-20', 555))).toEqual({
      date: '2025-10-20',
      open: at('2025-10-20', 555),
      close: at('2025-10-20', 930),
      squareOff: at('2025-10-20', 920),
    });
    expect(calendar.sessionAt(at('2025-10-20', 930) - 1)?.date).toBe('2025-10-20');
    expect(calendar.sessionAt(at('2025-10-20', 930))).toBeNull();
  });

  it('keeps the hours of a special session', () => {
    expect(calendar.sessionAt(at('2025-10-21', 600))).toBeNull();
    expect(calendar.sessionAt(at('2025-10-21', 825))?.squareOff).toBe(at('2025-10-21', 875));
  });

  it('knows the session before a day, whatever was closed between', () => {
    expect(calendar.sessionBefore('2025-10-23')?.date).toBe('2025-10-21');
    expect(calendar.sessionBefore('2025-10-21')?.date).toBe('2025-10-20');
    // A weekend without rows.
    expect(calendar.sessionBefore('2025-10-20')?.date).toBe('2025-10-17');
    expect(calendar.sessionBefore('not a date')).toBeNull();
  });

  it('is closed on a holiday and sure of it', () => {
    expect(calendar.dayAt(at('2025-10-22', 600))).toEqual({
      date: '2025-10-22',
      session: null,
      covered: true,
    });
  });

  it('answers a weekday without a row by the nearest open row, and says so', () => {
    const thursday = calendar.dayAt(at('2025-10-23', 600));
    expect(thursday).toMatchObject({ covered: false, session: { open: at('2025-10-23', 825) } });
    const friday = calendar.dayAt(at('2025-10-17', 600));
    expect(friday).toMatchObject({ covered: false, session: { open: at('2025-10-17', 555) } });
  });

  it('takes the earlier of two equally near rows', () => {
    const two = new TradingCalendar([row('2025-10-20'), row('2025-10-24', { openMinute: 540 })]);
    expect(two.dayAt(at('2025-10-22', 600)).session?.open).toBe(at('2025-10-22', 555));
    expect(two.dayAt(at('2025-10-23', 600)).session?.open).toBe(at('2025-10-23', 540));
  });

  it('is closed on a weekend without a row', () => {
    expect(calendar.dayAt(at('2025-10-25', 600))).toMatchObject({ session: null, covered: false });
  });

  it('finds the next session over a holiday and a weekend', () => {
    expect(calendar.nextSession(at('2025-10-20', 600))?.date).toBe('2025-10-20');
    expect(calendar.nextSession(at('2025-10-21', 885))?.date).toBe('2025-10-23');
    expect(calendar.nextSession(at('2025-10-24', 1200))?.date).toBe('2025-10-27');
  });

  it('states the sessions of a range, and none on days that only a rule opens', () => {
    const days = ['2025-10-20', '2025-10-23', '2025-10-24'];
    const three = new TradingCalendar(days.map((date) => row(date)));
    const dates = (from: number, to: number) =>
      three.statedSessions(from, to).map(({ date }) => date);
    expect(dates(at('2025-10-20', 600), at('2025-10-24', 930))).toEqual(days);
    // A session is in it when its close is: 15:30 of the 20th is behind, that of the 24th not yet there.
    expect(dates(at('2025-10-20', 930), at('2025-10-24', 929))).toEqual(['2025-10-23']);
  });

  it('without an open row knows no session at all', () => {
    const empty = new TradingCalendar([]);
    expect(empty.dayAt(at('2025-10-20', 600))).toMatchObject({ session: null, covered: false });
    expect(empty.nextSession(at('2025-10-20', 600))).toBeNull();
  });

  it('throws on a row that is no day', () => {
    expect(() => new TradingCalendar([row('2025-02-30')])).toThrow('2025-02-30 is no date');
    expect(() => new TradingCalendar([row('2025-10-20', { squareOffMinute: 931 })])).toThrow(
      'not in order',
    );
  });
});
