import type { Decimal } from 'decimal.js';
import { isLimited, isStop } from './order-terms.ts';
import type { AskedTerms, ChangeableTerms } from './order.ts';

/** A term that is missing, superfluous or out of its range. */
export interface ShapeFailure {
  readonly field: keyof AskedTerms;
  readonly message: string;
}

/** Letters, digits and spaces, as brokers take tags. */
const tagShape = /^[A-Za-z0-9 ]{1,20}$/;

/**
 * Whether the terms of an order fit each other (domain: order parameters): each kind of order has
 * the terms it needs and no others. Null: they do.
 */
export function checkShape(terms: AskedTerms): ShapeFailure | null {
  const { variety, icebergLegs, product, tag } = terms;
  if (tag !== null && !tagShape.test(tag)) {
    return refuse('tag', 'A tag has 1 to 20 letters, digits and spaces.');
  }
  if ((variety === 'ICEBERG') !== (icebergLegs !== null)) {
    return refuse('icebergLegs', 'ICEBERG orders, and no others, have a number of legs.');
  }
  if (icebergLegs !== null && !Number.isInteger(icebergLegs)) {
    return refuse('icebergLegs', 'The number of legs is whole.');
  }
  if (variety === 'ICEBERG' && (terms.disclosedQuantity !== null || terms.validity === 'IOC')) {
    return refuse('variety', 'An ICEBERG order discloses its legs and rests.');
  }
  if (variety === 'CO' && (product !== 'MIS' || isStop(terms.type))) {
    return refuse('variety', 'A CO is an intraday MARKET or LIMIT order with a stop of its own.');
  }
  return checkChangeableShape(terms, variety === 'CO');
}

/** As `checkShape`, for the terms that a change can touch; a CO has a trigger for its stop. */
function checkChangeableShape(terms: ChangeableTerms, withStopLeg: boolean): ShapeFailure | null {
  const { type, validity, validityMinutes, quantity, disclosedQuantity } = terms;
  if (!isPositive(quantity)) return refuse('quantity', 'The quantity must be above zero.');
  if (isLimited(type) !== (terms.price !== null)) {
    return refuse('price', 'LIMIT and SL orders, and no others, have a price.');
  }
  if ((isStop(type) || withStopLeg) !== (terms.triggerPrice !== null)) {
    return refuse('triggerPrice', 'SL and SL-M orders and CO, and no others, have a trigger.');
  }
  for (const field of ['price', 'triggerPrice'] as const) {
    const amount = terms[field];
    if (amount !== null && !isPositive(amount)) return refuse(field, 'A price is above zero.');
  }
  if ((validity === 'TTL') !== (validityMinutes !== null)) {
    return refuse('validityMinutes', 'TTL orders, and no others, have minutes.');
  }
  if (validityMinutes !== null && (!Number.isInteger(validityMinutes) || validityMinutes < 1)) {
    return refuse('validityMinutes', 'The minutes are a whole number from 1.');
  }
  if (
    disclosedQuantity !== null &&
    (!isPositive(disclosedQuantity) || disclosedQuantity.greaterThan(quantity))
  ) {
    return refuse('disclosedQuantity', 'Units shown are above zero and at most the quantity.');
  }
  return protectionFailureOf(terms);
}

function protectionFailureOf({
  type,
  marketProtectionPercent: percent,
}: ChangeableTerms): ShapeFailure | null {
  if (percent === null) return null;
  if (isLimited(type)) {
    return refuse('marketProtectionPercent', 'Only MARKET and SL-M orders have a protection.');
  }
  return isPositive(percent) && percent.lessThanOrEqualTo(100)
    ? null
    : refuse('marketProtectionPercent', 'The protection is above 0 and at most 100 percent.');
}

function isPositive(amount: Decimal): boolean {
  return amount.isFinite() && amount.greaterThan(0);
}

function refuse(field: keyof AskedTerms, message: string): ShapeFailure {
  return { field, message };
}
