import { Decimal } from 'decimal.js';
import type { Result } from '../result.ts';
import { fail, succeed } from '../result.ts';
import { largestOrderOf, type TermsDenial, type TradedInstrument } from './check-terms.ts';

/**
 * Cuts a quantity above the freeze quantity into those of several orders (domain: lots and freeze
 * quantities): each of whole lots and as large as one order may be, the rest last. One that fits
 * into one order, or whose instrument has no known freeze quantity, stays whole. Fails with SLICES
 * where it comes to more orders than `mostSlices`, and with FREEZE_QUANTITY where not even one lot
 * may leave. A quantity that is no multiple of the lot leaves its odd units in the last slice; the
 * risk door refuses them.
 */
export function sliceQuantity(
  quantity: Decimal,
  instrument: TradedInstrument,
  mostSlices: number,
): Result<readonly Decimal[], TermsDenial> {
  const largest = largestOrderOf(instrument);
  if (largest === null || quantity.lessThanOrEqualTo(largest)) return succeed([quantity]);
  if (largest.isZero()) return fail({ code: 'FREEZE_QUANTITY', limit: largest, actual: quantity });
  const count = quantity.dividedBy(largest).ceil();
  if (count.greaterThan(mostSlices)) {
    return fail({ code: 'SLICES', limit: new Decimal(mostSlices), actual: count });
  }
  const whole = Array.from({ length: count.toNumber() - 1 }, () => largest);
  return succeed([...whole, quantity.minus(largest.times(whole.length))]);
}
