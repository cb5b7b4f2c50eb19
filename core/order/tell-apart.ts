import type { Decimal } from 'decimal.js';

/**
 * An amount in words, with at least `fewest` decimals and as many more as tell it apart from the one that
 * it is held against: a price 5.004 % off is beyond 5 %, while 5.00 % would be none. Null: `unknown`.
 */
export function tellApart(amount: Decimal | null, from: Decimal | null, fewest = 2): string {
  if (amount === null) return 'unknown';
  if (from === null || amount.equals(from)) return amount.toFixed(fewest);
  let places = fewest;
  while (amount.toFixed(places) === from.toFixed(places)) places += 1;
  return amount.toFixed(places);
}
