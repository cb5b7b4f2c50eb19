import { describe, expect, it } from 'vitest';
import { expandCalendar, type CalendarDocument, type SpecialDay } from './expand-calendar.ts';

const market = { exchange: 'NSE', segment: 'EQUITY' };
const hours = { openMinute: 555, closeMinute: 930, squareOffMinute: 920 };

/** Thursday 2026-01-29 to Monday 2026-02-02, the hours of NSE shares, Monday to Friday. */
function calendar(...days: SpecialDay[]): CalendarDocument {
  const dates = { validFrom: '2026-01-29', validTo: '2026-02-02' };
  return {
    source: '',
    sessions: [{ ...dates, ...market, ...hours, weekdays: [1, 2, 3, 4, 5] }],
    days,
  };
}

describe('expanding a calendar', () => {
  it('gives a row to every date of a rule, closed ones at the weekend', () => {
    const rows = expandCalendar(calendar());

    expect(rows.map(({ date, open }) => [date, open])).toEqual([
      ['2026-01-29', true],
      ['2026-01-30', true],
      ['2026-01-31', false],
      ['2026-02-01', false],
      ['2026-02-02', true],
    ]);
    expect(rows[0]).toEqual({ date: '2026-01-29', ...market, open: true, ...hours, name: null });
  });

  it('closes a holiday and opens a special Sunday at the usual hours', () => {
    const rows = expandCalendar(
      calendar(
        { date: '2026-01-30', ...market, open: false, name: 'Holiday' },
        { date: '2026-02-01', ...market, open: true, name: 'Union Budget' },
      ),
    );

    expect(rows[1]).toMatchObject({ open: false, name: 'Holiday' });
    expect(rows[3]).toMatchObject({ open: true, ...hours, name: 'Union Budget' });
  });

  it('takes the own hours of a special session', () => {
    const evening = { openMinute: 1080, closeMinute: 1140, squareOffMinute: 1130 };
    const rows = expandCalendar(
      calendar({ date: '2026-01-31', ...market, open: true, ...evening, name: 'Muhurat' }),
    );

    expect(rows[2]).toMatchObject({ open: true, ...evening });
  });

  it('leaves the days of another segment alone', () => {
    const other = { date: '2026-01-30', exchange: 'NSE', segment: 'CURRENCY' };

    expect(() => expandCalendar(calendar({ ...other, open: false, name: 'Holiday' }))).toThrow(
      '2026-01-30 (Holiday) is in no rule',
    );
  });

  it('refuses a special day that no rule covers', () => {
    const stray = { date: '2026-02-03', ...market, open: false, name: 'Holiday' };

    expect(() => expandCalendar(calendar(stray))).toThrow('2026-02-03 (Holiday) is in no rule');
  });

  it('refuses a rule with a date that does not exist', () => {
    const document = calendar();
    const sessions = document.sessions.map((rule) => ({ ...rule, validTo: '2026-02-30' }));

    expect(() => expandCalendar({ ...document, sessions })).toThrow('2026-02-30 is no date');
  });
});
