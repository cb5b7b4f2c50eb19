import type { Product } from '../order/order-terms.ts';

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
