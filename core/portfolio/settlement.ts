import { Decimal } from 'decimal.js';
import type { Product } from '../order/order-terms.ts';
import type { Lot } from './fifo.ts';
import { costOfLot } from './postings.ts';

/** Whether an instrument's type is an option's. */
export function isOption(type: string): boolean {
  return type === 'CALL_OPTION' || type === 'PUT_OPTION';
}

/**
 * Whether what is traded is paid when it trades: shares for delivery at their value, options at their
 * premium. Of futures, and of shares traded intraday, only the gain or loss is ever paid, against a
 * margin that stays blocked meanwhile (decision 13).
 */
export function isPaidInFull(product: Product, type: string): boolean {
  return isOption(type) || (type !== 'FUTURE' && product !== 'MIS');
}

/** Whether shares bought with it are delivered, and cannot be sold before they were bought. */
export function isDelivery(product: Product): boolean {
  return product === 'CNC' || product === 'MTF';
}

/** Whether gains and losses are paid each evening, as those of futures are (mark-to-market settlement). */
export function isSettledDaily(type: string): boolean {
  return type === 'FUTURE';
}

/**
 * Rupees, 2 decimals, that evenings have paid for what is open after a fill, which took the position from
 * `before` to `netQuantity`: what it closes takes its part along, and a side that is new has none.
 */
export function settledAfterFill(
  before: { readonly netQuantity: Decimal; readonly settled: Decimal },
  netQuantity: Decimal,
): Decimal {
  const held = before.netQuantity;
  if (held.isZero() || netQuantity.isZero() || held.isNegative() !== netQuantity.isNegative()) {
    return new Decimal(0);
  }
  if (netQuantity.abs().greaterThanOrEqualTo(held.abs())) return before.settled;
  return before.settled
    .times(netQuantity)
    .dividedBy(held)
    .toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}

/** Rupees, 2 decimals, that open lots have gained at `price`, each to the paisa as its cost is. */
export function openGainOf(
  lots: readonly Pick<Lot, 'direction' | 'quantity' | 'price' | 'multiplier'>[],
  price: Decimal,
): Decimal {
  return lots.reduce((gain, { direction, quantity, price: entryPrice, multiplier }) => {
    const lot = { direction, quantity, multiplier };
    const worth = costOfLot({ ...lot, price });
    return gain.plus(worth).minus(costOfLot({ ...lot, price: entryPrice }));
  }, new Decimal(0));
}
