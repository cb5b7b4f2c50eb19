import type { SideSign } from './order-columns.ts';
import { roundedPrice } from './print.ts';

/**
 * Rupees beyond which an order at market with a protection of `percent` does not fill: that far from
 * `reference` (the last price when it became an order at market; of a stop, its trigger price), on the
 * whole tick inside, and never below one tick.
 */
export function protectionLimitOf(
  side: SideSign,
  percent: number,
  reference: number,
  tickSize: number,
): number {
  // Sums of binary fractions fall a hair beside their tick.
  const ticks = roundedPrice((reference * (1 + (side * percent) / 100)) / tickSize);
  const inside = side === 1 ? Math.floor(ticks) : Math.ceil(ticks);
  return roundedPrice(Math.max(inside, 1) * tickSize);
}
