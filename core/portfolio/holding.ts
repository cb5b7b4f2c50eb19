import { Decimal } from 'decimal.js';
import type { DayBook, DayPrices } from './day-book.ts';
import type { Lot } from './fifo.ts';

/** Shares for delivery that were carried into the market day, as a depository shows them. */
export interface Holding {
  /** Units carried into the day: settled and in settlement. */
  readonly openingQuantity: Decimal;
  /** Units in settlement: bought on the trading day before, delivered at the end of this one. */
  readonly t1Quantity: Decimal;
  /** Units that were delivered. */
  readonly quantity: Decimal;
  /** Units of `openingQuantity` that were sold today, over what was bought today. */
  readonly usedQuantity: Decimal;
  /** Units that may still be sold: what is in settlement too, which is BTST. */
  readonly sellableQuantity: Decimal;
  /** First in, first out, over what is left of the holding, rupees; null: nothing is left. */
  readonly averagePrice: Decimal | null;
  /** Gain of what is left at the last price, rupees before charges; null: no last price. */
  readonly pnl: Decimal | null;
  /** Last price less the close of the day before, rupees a unit; null: one of them is not known. */
  readonly dayChange: Decimal | null;
  /** `dayChange` in percent of the close. */
  readonly dayChangePercent: Decimal | null;
}

const zero = new Decimal(0);

/**
 * The holding that a book of delivery shares shows; null: nothing was carried into its day. Settlement is
 * T+1: what was bought on `previousTradingDay` (`YYYY-MM-DD`; null: not known) is delivered at the end of
 * the book's day. A day's sales are set against its purchases first, as the exchange nets them. `lots`
 * are open, of this instrument and product, oldest first. (Source: Kite Connect holdings.)
 */
export function holdingOf(
  book: DayBook,
  lots: readonly Pick<Lot, 'quantity' | 'price'>[],
  previousTradingDay: string | null,
  { closePrice, lastPrice }: DayPrices,
): Holding | null {
  const openingQuantity = book.overnightQuantity;
  if (!openingQuantity.greaterThan(0)) return null;
  const settling =
    book.previousDay !== null &&
    book.previousDay.feedId === book.day?.feedId &&
    book.previousDay.date === previousTradingDay;
  const t1Quantity = settling ? between(book.previousQuantity, openingQuantity) : zero;
  const usedQuantity = between(book.daySellQuantity.minus(book.dayBuyQuantity), openingQuantity);
  const left = openingQuantity.minus(usedQuantity);
  const cost = costOfOldest(lots, left);
  const dayChange = closePrice === null || lastPrice === null ? null : lastPrice.minus(closePrice);
  return {
    openingQuantity,
    t1Quantity,
    quantity: openingQuantity.minus(t1Quantity),
    usedQuantity,
    sellableQuantity: left,
    averagePrice: left.isZero() ? null : cost.dividedBy(left),
    pnl: lastPrice === null ? null : lastPrice.times(left).minus(cost),
    dayChange,
    dayChangePercent:
      dayChange === null || closePrice === null || closePrice.isZero()
        ? null
        : dayChange.dividedBy(closePrice).times(100),
  };
}

function between(quantity: Decimal, most: Decimal): Decimal {
  return Decimal.max(zero, Decimal.min(quantity, most));
}

/** Rupees that the oldest `units` of the lots cost. */
function costOfOldest(lots: readonly Pick<Lot, 'quantity' | 'price'>[], units: Decimal): Decimal {
  let left = units;
  let cost = zero;
  for (const { quantity, price } of lots) {
    const taken = Decimal.min(quantity, left);
    cost = cost.plus(taken.times(price));
    left = left.minus(taken);
  }
  return cost;
}
