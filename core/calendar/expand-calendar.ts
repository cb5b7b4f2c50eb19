import { dateOfDayNumber, dayNumberOfDate, weekdayOf } from './exchange-time.ts';
import type { CalendarDay } from './trading-calendar.ts';

/** The usual hours of a market over a range of dates; minutes are minutes of the exchange day. */
export interface SessionRule {
  /** First and last date of the rule, both `YYYY-MM-DD` and both included. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly exchange: string;
  readonly segment: string;
  readonly openMinute: number;
  readonly closeMinute: number;
  readonly squareOffMinute: number;
  /** The days of the week on which the market trades: 0 is Sunday, 6 is Saturday. */
  readonly weekdays: readonly number[];
}

/** A date that differs from its rule: a holiday, or a session of its own hours. */
export interface SpecialDay {
  readonly date: string;
  readonly exchange: string;
  readonly segment: string;
  readonly open: boolean;
  /** Hours of an open day; left out, those of the rule. */
  readonly openMinute?: number;
  readonly closeMinute?: number;
  readonly squareOffMinute?: number;
  readonly name: string;
}

/** A calendar in short: rules, and the days that differ from them. */
export interface CalendarDocument {
  /** Where the figures come from, as shown to people. */
  readonly source: string;
  readonly sessions: readonly SessionRule[];
  readonly days: readonly SpecialDay[];
}

/** A row of the calendar with the name of its holiday or session, null on an ordinary day. */
export interface NamedCalendarDay extends CalendarDay {
  readonly name: string | null;
}

/**
 * One row for each date of each rule, weekends included, so that a date without a row is one the
 * calendar knows nothing about.
 * @throws RangeError where a date is none, or where a special day falls under no rule.
 */
export function expandCalendar({ sessions, days }: CalendarDocument): NamedCalendarDay[] {
  const special = new Map(days.map((day) => [keyOf(day, day.date), day]));
  const rows = sessions.flatMap((rule) => expandRule(rule, special));
  const covered = new Set(rows.map((row) => keyOf(row, row.date)));
  const stray = days.find((day) => !covered.has(keyOf(day, day.date)));
  if (stray !== undefined) throw new RangeError(`${stray.date} (${stray.name}) is in no rule`);
  return rows;
}

function expandRule(
  rule: SessionRule,
  special: ReadonlyMap<string, SpecialDay>,
): NamedCalendarDay[] {
  const first = checkedDayNumber(rule.validFrom);
  const length = checkedDayNumber(rule.validTo) - first + 1;
  return Array.from({ length }, (_, index) => {
    const date = dateOfDayNumber(first + index);
    const day = special.get(keyOf(rule, date));
    return {
      date,
      exchange: rule.exchange,
      segment: rule.segment,
      open: day?.open ?? rule.weekdays.includes(weekdayOf(first + index)),
      openMinute: day?.openMinute ?? rule.openMinute,
      closeMinute: day?.closeMinute ?? rule.closeMinute,
      squareOffMinute: day?.squareOffMinute ?? rule.squareOffMinute,
      name: day?.name ?? null,
    };
  });
}

function keyOf(market: { exchange: string; segment: string }, date: string): string {
  return `${market.exchange}/${market.segment}/${date}`;
}

function checkedDayNumber(date: string): number {
  const dayNumber = dayNumberOfDate(date);
  if (dayNumber === null) throw new RangeError(`${date} is no date`);
  return dayNumber;
}
