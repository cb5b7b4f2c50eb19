import { readFileSync } from 'node:fs';
import { expandCalendar, type CalendarDocument } from '@nandax/core/calendar/expand-calendar.ts';
import { dayNumberOfDate } from '@nandax/core/calendar/exchange-time.ts';
import { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { describe, expect, it } from 'vitest';

interface Instrument {
  tradingSymbol: string;
  exchange: string;
  segment: string;
  tickSize: string;
  candles: string;
}

const read = (path: string) =>
  readFileSync(new URL(`../../data/${path}`, import.meta.url), 'utf8').trimEnd();
const instruments = JSON.parse(read('reference/instruments.json')) as Instrument[];
const rows = expandCalendar(JSON.parse(read('reference/calendar.json')) as CalendarDocument);

/** The prices of a candle file in hundredths, and the dates on which it has candles. */
function pricesAndDates(path: string): { prices: number[]; dates: string[] } {
  const lines = read(path).split('\n').slice(1);
  const prices = lines.flatMap((line) => line.split(',').slice(1, 5));
  return {
    prices: prices.map((price) => Math.round(Number(price) * 100)),
    dates: [...new Set(lines.map((line) => line.slice(0, 10)))],
  };
}

/** The calendar of one segment of the NSE. */
function calendarOf(segment: string): TradingCalendar {
  return new TradingCalendar(rows.filter((row) => row.segment === segment));
}

/** What the calendar of `segment` knows of a date. */
function dayOf(segment: string, date: string) {
  return calendarOf(segment).day(dayNumberOfDate(date) ?? Number.NaN);
}

/** The number of days in `year` on which shares trade. */
function tradingDaysOf(year: number): number {
  return rows.filter(
    ({ segment, date, open }) => segment === 'EQUITY' && date.startsWith(`${year}-`) && open,
  ).length;
}

describe('the bundled data', () => {
  it.each(instruments)('prices $tradingSymbol in steps of its tick size', (instrument) => {
    const { prices } = pricesAndDates(instrument.candles);
    const tick = Math.round(Number(instrument.tickSize) * 100);

    expect(prices.length).toBeGreaterThan(3_000);
    expect(prices.filter((price) => price % tick !== 0)).toEqual([]);
  });

  it.each(instruments)('knows every day with candles of $tradingSymbol as a trading day', (each) => {
    const { dates } = pricesAndDates(each.candles);

    expect(dates.map((date) => dayOf(each.segment, date).session?.date)).toEqual(dates);
    expect(dates.every((date) => dayOf(each.segment, date).covered)).toBe(true);
  });

  it('trades on the weekdays that are no holiday, and on the special days', () => {
    // 2019: 261 weekdays, 17 of them holidays, and one Sunday (Muhurat).
    expect(tradingDaysOf(2019)).toBe(261 - 17 + 1);
    // 2026: 261 weekdays, 16 of them holidays, and Budget Sunday; 8 November is not known.
    expect(tradingDaysOf(2026)).toBe(261 - 16 + 1);
  });

  it('ends continuous trading at 15:15 for shares with a closing auction from 2026-08-03', () => {
    const closeOf = (segment: string) =>
      new Date(dayOf(segment, '2026-08-03').session?.close ?? 0).toISOString();

    expect(closeOf('EQUITY_CLOSING_AUCTION')).toBe('2026-08-03T09:45:00.000Z');
    expect(closeOf('EQUITY')).toBe('2026-08-03T10:00:00.000Z');
  });

  it('says that it does not know the years between', () => {
    expect(dayOf('EQUITY', '2021-06-01').covered).toBe(false);
  });
});
