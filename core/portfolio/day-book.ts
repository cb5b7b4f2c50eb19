import { Decimal } from 'decimal.js';
import type { Product, Side } from '../order/order-terms.ts';
import { contractValueOf } from './contract-value.ts';
import {
  addToPosition,
  averagePriceOf,
  emptyPositionOf,
  netQuantityOf,
  type Position,
} from './position.ts';
import { isDelivery } from './settlement.ts';

/** An exchange day of a market clock. Days of different clocks are never the same day. */
export interface MarketDay {
  /** The feed whose clock it is; null: a market without one. */
  readonly feedId: string | null;
  /** Exchange date, `YYYY-MM-DD`. */
  readonly date: string;
}

/**
 * A position by days, as the broker keeps it: what was carried into the last day with trades and what
 * traded in it. Carried units count at the broker's average, which later days never change.
 */
export interface DayBook {
  /** The last day with trades; null: nothing has traded. */
  readonly day: MarketDay | null;
  /** Units carried into it: positive long, negative short. */
  readonly overnightQuantity: Decimal;
  /** Rupees of the carried units at the broker's average, 4 decimals, never negative. */
  readonly overnightValue: Decimal;
  readonly dayBuyQuantity: Decimal;
  /** Rupees. */
  readonly dayBuyValue: Decimal;
  readonly daySellQuantity: Decimal;
  /** Rupees. */
  readonly daySellValue: Decimal;
  /** The last day with trades before `day`; null: there was none. */
  readonly previousDay: MarketDay | null;
  /** Bought less sold in `previousDay`, units. */
  readonly previousQuantity: Decimal;
}

const zero = new Decimal(0);

/** A book in which nothing has traded. */
export const emptyDayBook: DayBook = {
  day: null,
  overnightQuantity: zero,
  overnightValue: zero,
  dayBuyQuantity: zero,
  dayBuyValue: zero,
  daySellQuantity: zero,
  daySellValue: zero,
  previousDay: null,
  previousQuantity: zero,
};

/** An execution, as far as a day's book is concerned. */
export interface DayTrade {
  readonly day: MarketDay;
  readonly side: Side;
  /** Units, positive. */
  readonly quantity: Decimal;
  /** Rupees. */
  readonly price: Decimal;
  /** Of the instrument. */
  readonly multiplier: Decimal;
}

/**
 * The book after an execution. The first of a later day, or of another market clock, carries over what
 * was held; one of an earlier day, of which the broker spoke late, counts among what was carried.
 */
export function addToDayBook(book: DayBook, trade: DayTrade): DayBook {
  const { day, side, quantity, price, multiplier } = trade;
  const now = dayBookOn(book, day, multiplier);
  if (now.day !== null && isBefore(day, now.day)) return addLate(now, trade);
  const value = contractValueOf(quantity, price, multiplier);
  const traded =
    side === 'BUY'
      ? {
          dayBuyQuantity: now.dayBuyQuantity.plus(quantity),
          dayBuyValue: now.dayBuyValue.plus(value),
        }
      : {
          daySellQuantity: now.daySellQuantity.plus(quantity),
          daySellValue: now.daySellValue.plus(value),
        };
  return { ...now, day, ...traded };
}

/** The book as it reads on `day`: on a later day than its own nothing has traded yet. */
export function dayBookOn(book: DayBook, day: MarketDay, multiplier: Decimal): DayBook {
  if (book.day === null || isSame(book.day, day) || isBefore(day, book.day)) return book;
  return {
    ...emptyDayBook,
    day,
    ...carriedBy(netOf(book, multiplier)),
    previousDay: book.day,
    previousQuantity: book.dayBuyQuantity.minus(book.daySellQuantity),
  };
}

function addLate(book: DayBook, { day, side, quantity, price, multiplier }: DayTrade): DayBook {
  const carried = addToPosition(overnightOf(book, multiplier), side, quantity, price);
  const ofPreviousDay = book.previousDay !== null && isSame(book.previousDay, day);
  const change = side === 'BUY' ? quantity : quantity.negated();
  return {
    ...book,
    ...carriedBy(carried),
    previousQuantity: ofPreviousDay ? book.previousQuantity.plus(change) : book.previousQuantity,
  };
}

function isSame(a: MarketDay, b: MarketDay): boolean {
  return a.feedId === b.feedId && a.date === b.date;
}

function isBefore(a: MarketDay, b: MarketDay): boolean {
  return a.feedId === b.feedId && a.date < b.date;
}

function carriedBy(position: Position): Pick<DayBook, 'overnightQuantity' | 'overnightValue'> {
  const overnightQuantity = netQuantityOf(position);
  const price = averagePriceOf(position) ?? zero;
  const value = contractValueOf(overnightQuantity.abs(), price, position.multiplier);
  return { overnightQuantity, overnightValue: value.toDecimalPlaces(4, Decimal.ROUND_HALF_UP) };
}

/** What was carried, as a position that was bought or sold at its average. */
function overnightOf(book: DayBook, multiplier: Decimal): Position {
  const { overnightQuantity, overnightValue } = book;
  const nothing = emptyPositionOf(multiplier);
  return overnightQuantity.isNegative()
    ? { ...nothing, sellQuantity: overnightQuantity.abs(), sellValue: overnightValue }
    : { ...nothing, buyQuantity: overnightQuantity, buyValue: overnightValue };
}

/** What traded in the day alone. */
export function dayViewOf(book: DayBook, multiplier: Decimal): Position {
  return {
    multiplier,
    buyQuantity: book.dayBuyQuantity,
    buyValue: book.dayBuyValue,
    sellQuantity: book.daySellQuantity,
    sellValue: book.daySellValue,
  };
}

/**
 * What was carried and what traded in the day. Shares for delivery are carried as holdings and not as
 * positions, so that only the day is left of them (source: Kite Connect portfolio, holdings and
 * positions).
 */
export function netViewOf(book: DayBook, product: Product, multiplier: Decimal): Position {
  return isDelivery(product) ? dayViewOf(book, multiplier) : netOf(book, multiplier);
}

function netOf(book: DayBook, multiplier: Decimal): Position {
  const carried = overnightOf(book, multiplier);
  const traded = dayViewOf(book, multiplier);
  return {
    multiplier,
    buyQuantity: carried.buyQuantity.plus(traded.buyQuantity),
    buyValue: carried.buyValue.plus(traded.buyValue),
    sellQuantity: carried.sellQuantity.plus(traded.sellQuantity),
    sellValue: carried.sellValue.plus(traded.sellValue),
  };
}

/** What a day's gain is worked out from. */
export interface DayPrices {
  /** Close of the day before, rupees; null: none is known. */
  readonly closePrice: Decimal | null;
  /** Rupees; null: none is known. */
  readonly lastPrice: Decimal | null;
}

/**
 * What `carriedQuantity` units of the day before and a day's trades gained since that day's close, in
 * rupees before charges: sales less purchases, carried units counting as bought at the close, and what is
 * held at the last price (source: Kite Connect positions, `m2m`). Null where a price that it needs is
 * not known.
 */
export function markToMarketOf(
  carriedQuantity: Decimal,
  traded: Position,
  { closePrice, lastPrice }: DayPrices,
): Decimal | null {
  const { multiplier } = traded;
  const quantity = carriedQuantity.plus(netQuantityOf(traded));
  if (closePrice === null && !carriedQuantity.isZero()) return null;
  if (lastPrice === null && !quantity.isZero()) return null;
  return traded.sellValue
    .minus(traded.buyValue)
    .minus(contractValueOf(carriedQuantity, closePrice ?? zero, multiplier))
    .plus(contractValueOf(quantity, lastPrice ?? zero, multiplier));
}
