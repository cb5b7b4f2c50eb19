import type { DayBook, MarketDay } from '@nandax/core/portfolio/day-book.ts';
import type { Prisma } from '../generated/client.ts';
import { dateColumn, dayOf, exact } from './exact.ts';

/** A position's day book as the columns of its row. */
export function dayBookColumns(book: DayBook) {
  return {
    bookDay: book.day === null ? null : dateColumn(book.day.date),
    bookFeedId: book.day?.feedId ?? null,
    overnightQuantity: book.overnightQuantity.toFixed(),
    overnightValue: book.overnightValue.toFixed(),
    dayBuyQuantity: book.dayBuyQuantity.toFixed(),
    dayBuyValue: book.dayBuyValue.toFixed(),
    daySellQuantity: book.daySellQuantity.toFixed(),
    daySellValue: book.daySellValue.toFixed(),
    previousDay: book.previousDay === null ? null : dateColumn(book.previousDay.date),
    previousFeedId: book.previousDay?.feedId ?? null,
    previousQuantity: book.previousQuantity.toFixed(),
  };
}

/** What `dayBookColumns` wrote; a raw query's row serves as well as a model's. */
export function dayBookOfRow(
  row: Pick<Prisma.PositionGetPayload<object>, keyof ReturnType<typeof dayBookColumns>>,
): DayBook {
  return {
    day: marketDayOf(row.bookDay, row.bookFeedId),
    overnightQuantity: exact(row.overnightQuantity),
    overnightValue: exact(row.overnightValue),
    dayBuyQuantity: exact(row.dayBuyQuantity),
    dayBuyValue: exact(row.dayBuyValue),
    daySellQuantity: exact(row.daySellQuantity),
    daySellValue: exact(row.daySellValue),
    previousDay: marketDayOf(row.previousDay, row.previousFeedId),
    previousQuantity: exact(row.previousQuantity),
  };
}

function marketDayOf(date: Date | null, feedId: string | null): MarketDay | null {
  return date === null ? null : { feedId, date: dayOf(date) };
}
