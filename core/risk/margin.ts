import { Decimal } from 'decimal.js';
import type { Dated } from '../charges/nearest-dated.ts';
import { nearestDated } from '../charges/nearest-dated.ts';
import type { Product } from '../order/order-terms.ts';

/** The margin a product needs in a period. */
export interface MarginRate extends Dated {
  readonly product: Product;
  /** Percent of the order's value, as a decimal string. */
  readonly percent: string;
  /** Where the figure comes from, as shown to people. */
  readonly source: string;
}

/** The margin rate that serves a date. */
export interface ServingMarginRate {
  /** Fraction of the order's value. */
  readonly rate: Decimal;
  /** False: no rate covers the date, the nearest one serves. */
  readonly covered: boolean;
}

/**
 * The margin rate of a product on an exchange date (`YYYY-MM-DD`); a date no rate covers is served
 * by the nearest one. Null where the product has no rate at all.
 */
export function findMarginRate(
  rates: readonly MarginRate[],
  product: Product,
  date: string,
): ServingMarginRate | null {
  const found = nearestDated(
    rates.filter((rate) => rate.product === product),
    date,
  );
  if (found === null) return null;
  return { rate: new Decimal(found.row.percent).dividedBy(100), covered: found.covered };
}

/** Rupees of margin for a value of `value` rupees, 2 decimals, rounded up. */
export function marginOf(value: Decimal, rate: Decimal): Decimal {
  return value.times(rate).toDecimalPlaces(2, Decimal.ROUND_UP);
}
