import type { Decimal } from 'decimal.js';

/**
 * Rupees that `quantity` of an instrument are worth at `price` rupees. `multiplier` says how many
 * times its price one of quantity is worth: 1 for shares and for contracts whose quantity counts
 * units, the size of a lot where quantity counts lots, as of currencies and commodities (source: Kite
 * Connect positions, `multiplier`). Unrounded.
 */
export function contractValueOf(quantity: Decimal, price: Decimal, multiplier: Decimal): Decimal {
  return quantity.times(price).times(multiplier);
}
