import type { Decimal } from 'decimal.js';
import type { ChangeableTerms } from './order.ts';

/** The prices, in rupees and both included, within which an instrument trades today; null: no end. */
export interface DayRange {
  readonly lower: Decimal | null;
  readonly upper: Decimal | null;
}

/** A price of an order outside the day's range. */
export interface BandDenial {
  readonly code: 'PRICE_BAND';
  /** The end of the range that is overstepped, rupees. */
  readonly limit: Decimal;
  /** The price of the order, rupees. */
  readonly actual: Decimal;
}

/** The first price of the terms, limit before trigger, outside the day's range; null: there is none. */
export function checkBand(
  { price, triggerPrice }: Pick<ChangeableTerms, 'price' | 'triggerPrice'>,
  range: DayRange | null,
): BandDenial | null {
  if (range === null) return null;
  for (const actual of [price, triggerPrice]) {
    if (actual === null) continue;
    const { lower, upper } = range;
    if (lower?.greaterThan(actual) === true) return { code: 'PRICE_BAND', limit: lower, actual };
    if (upper?.lessThan(actual) === true) return { code: 'PRICE_BAND', limit: upper, actual };
  }
  return null;
}

/** In a broker's words (kiteconnect-mocks, order outside of the circuit limits). */
export function describeBandDenial({ limit, actual }: BandDenial): string {
  const [than, circuit] = actual.lessThan(limit) ? ['lower', 'lower'] : ['higher', 'upper'];
  return `Your order price is ${than} than the current ${circuit} circuit limit of ${limit.toFixed(2)}. Place an order within the daily range.`;
}
