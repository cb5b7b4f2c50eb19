import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expandCalendar, type CalendarDocument } from '@nandax/core/calendar/expand-calendar.ts';
import { TradingCalendar, type CalendarDay } from '@nandax/core/calendar/trading-calendar.ts';
import { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import { readRateCards } from '@nandax/core/charges/read-rate-cards.ts';

/** Rows of the calendar of the Indian cash market that the repository carries. */
export async function readMarketDays(): Promise<readonly CalendarDay[]> {
  const days = expandCalendar((await readReference('calendar.json')) as CalendarDocument);
  return days.filter(({ exchange, segment }) => exchange === 'NSE' && segment === 'EQUITY');
}

/** The sessions that they state, without any database. */
export async function readMarketCalendar(): Promise<TradingCalendar> {
  return new TradingCalendar(await readMarketDays());
}

/** The rate cards of Zerodha that the repository carries. */
export async function readZerodhaRates(): Promise<RateCardBook> {
  const cards = readRateCards(await readReference('rate-cards.json'));
  if (!cards.ok) throw new Error('data/reference/rate-cards.json is damaged');
  return new RateCardBook(cards.value, 'ZERODHA');
}

async function readReference(name: string): Promise<unknown> {
  const path = fileURLToPath(new URL(`../../data/reference/${name}`, import.meta.url));
  return JSON.parse(await readFile(path, 'utf8'));
}
