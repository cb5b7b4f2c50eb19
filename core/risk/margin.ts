import { Decimal } from 'decimal.js';
import type { Dated } from '../charges/nearest-dated.ts';
import { nearestDated } from '../charges/nearest-dated.ts';
import {
  chargeSegmentOf,
  type ChargedInstrument,
  type ChargeSegment,
} from '../charges/rate-card.ts';
import type { Product, Side } from '../order/order-terms.ts';
import { isOption, isPaidInFull } from '../portfolio/settlement.ts';

/** The margin that opening a position on one side needs in a period, by product and segment. */
export interface MarginRate extends Dated {
  readonly product: Product;
  readonly segment: ChargeSegment;
  /** The side that opens: options are sold on another margin than they are bought on. */
  readonly side: Side;
  /** Percent of what `marginBaseOf` states, as a decimal string. */
  readonly percent: string;
  /** True: the exchange's own figure (SPAN and exposure) is not public; this stands in for it. */
  readonly estimate: boolean;
  /** Where the figure comes from, as shown to people. */
  readonly source: string;
}

/** The margin rate that serves a date. */
export interface ServingMarginRate {
  /** Fraction of what `marginBaseOf` states. */
  readonly rate: Decimal;
  readonly estimate: boolean;
  readonly source: string;
  /** False: no rate covers the date, the nearest one serves. */
  readonly covered: boolean;
}

/** What a margin depends on besides product, side and price. */
export interface MarginedInstrument extends ChargedInstrument {
  /** How many times its price one of quantity is worth. */
  readonly multiplier: Decimal;
  /** Rupees; null: it is no option, or its strike is not known. */
  readonly strikePrice: Decimal | null;
}

/** A product and side in which an instrument is opened. */
export interface MarginPlace {
  readonly instrument: MarginedInstrument;
  readonly product: Product;
  readonly side: Side;
}

/** Asked where no rate states the product and segment: the strictest there is. */
const wholeValue: ServingMarginRate = {
  rate: new Decimal(1),
  estimate: false,
  source: 'No rate is known, so the whole value is asked for.',
  covered: false,
};

/**
 * The margin rate for opening at a place on an exchange date (`YYYY-MM-DD`). A date no rate covers is
 * served by the nearest one; where none states the product and segment, the whole value is asked for.
 */
export function findMarginRate(
  rates: readonly MarginRate[],
  { instrument, product, side }: MarginPlace,
  date: string,
): ServingMarginRate {
  const segment = chargeSegmentOf(product, instrument);
  const found = nearestDated(
    rates.filter(
      (rate) => rate.product === product && rate.segment === segment && rate.side === side,
    ),
    date,
  );
  if (found === null) return wholeValue;
  const { percent, estimate, source } = found.row;
  const rate = new Decimal(percent).dividedBy(100);
  return { rate, estimate, source, covered: found.covered };
}

/**
 * Rupees that a margin's percent is taken of, for a quantity of 1: the value at `price`, and for an
 * option that is sold the value at its strike, since the premium says little of what may be owed.
 * Null: the strike is not known.
 */
export function marginBaseOf({ instrument, side }: MarginPlace, price: Decimal): Decimal | null {
  const { type, multiplier, strikePrice } = instrument;
  if (!isOption(type) || side === 'BUY') return price.times(multiplier);
  return strikePrice?.times(multiplier) ?? null;
}

/** Rupees of margin that opening `quantity` needs, 2 decimals, rounded up. */
export function marginOf(quantity: Decimal, base: Decimal, rate: Decimal): Decimal {
  return toMargin(quantity.times(base).times(rate));
}

/**
 * Rupees of a position's margin after a fill, which took it from `before` to `netQuantity` at
 * `unitMargin` rupees for a quantity of 1 that it opened. What it closes gives back its part, so that
 * a flat position blocks nothing.
 */
export function marginAfterFill(
  before: { readonly netQuantity: Decimal; readonly margin: Decimal },
  netQuantity: Decimal,
  unitMargin: Decimal,
): Decimal {
  if (netQuantity.isZero()) return netQuantity.abs();
  const held = before.netQuantity.abs();
  const turned = before.netQuantity.times(netQuantity).isNegative();
  if (turned || held.isZero()) return toMargin(netQuantity.abs().times(unitMargin));
  const opened = netQuantity.abs().minus(held);
  return opened.isNegative()
    ? toMargin(before.margin.times(netQuantity.abs()).dividedBy(held))
    : before.margin.plus(toMargin(opened.times(unitMargin)));
}

/**
 * Rupees that a fill at `price` blocks for a quantity of 1 which it opens, unrounded: nothing where
 * it is bought and paid in full. An option sold without a known strike blocks its premium.
 */
export function unitMarginOf(place: MarginPlace, price: Decimal, rate: Decimal): Decimal {
  const { instrument, product, side } = place;
  if (side === 'BUY' && isPaidInFull(product, instrument.type)) return new Decimal(0);
  const base = marginBaseOf(place, price);
  return base === null ? price.times(instrument.multiplier) : base.times(rate);
}

function toMargin(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(2, Decimal.ROUND_UP);
}
