import type { ProtectionPrices } from '@nandax/core/order/plan-protection.ts';
import type { Side } from '@nandax/core/order/order-terms.ts';
import type { Decimal } from 'decimal.js';
import { invalidInput, type InvalidInput } from '../failures.ts';
import type { InstrumentRecord } from '../records.ts';

/**
 * Why prices protect nothing that is left on `side`: they are multiples of the tick size, the stop on
 * the losing side of `reference` (rupees; null: not known) and the target on the other.
 */
export function checkProtectionPrices(
  { stopPrice, targetPrice }: ProtectionPrices,
  side: Side,
  reference: Decimal | null,
  { tickSize }: InstrumentRecord,
): InvalidInput | null {
  for (const [field, price] of [
    ['stopPrice', stopPrice],
    ['targetPrice', targetPrice],
  ] as const) {
    if (price === null) continue;
    if (!price.isFinite() || !price.greaterThan(0) || !price.modulo(tickSize).isZero()) {
      return invalidInput(field, `The price is a positive multiple of ${tickSize.toFixed()}.`);
    }
  }
  const sign = side === 'SELL' ? 1 : -1;
  if (targetPrice !== null && !targetPrice.minus(stopPrice).times(sign).greaterThan(0)) {
    return invalidInput('targetPrice', 'Stop and target stand on the wrong sides of each other.');
  }
  return checkAgainstMarket({ stopPrice, targetPrice }, side, reference);
}

/** As above, of prices that have their shape; null: that one is not looked at. */
export function checkAgainstMarket(
  {
    stopPrice,
    targetPrice,
  }: { readonly stopPrice: Decimal | null; readonly targetPrice: Decimal | null },
  side: Side,
  reference: Decimal | null,
): InvalidInput | null {
  if (reference === null) return null;
  const sign = side === 'SELL' ? 1 : -1;
  const at = reference.toFixed(2);
  if (stopPrice !== null && !reference.minus(stopPrice).times(sign).greaterThan(0)) {
    return invalidInput('stopPrice', `The stop must be on the losing side of ${at}.`);
  }
  if (targetPrice !== null && !targetPrice.minus(reference).times(sign).greaterThan(0)) {
    return invalidInput('targetPrice', `The target must be on the winning side of ${at}.`);
  }
  return null;
}

/** Whether two stops and two targets are the same. */
export function samePrices(one: ProtectionPrices, other: ProtectionPrices): boolean {
  return one.stopPrice.equals(other.stopPrice) && samePrice(one.targetPrice, other.targetPrice);
}

/** Whether two prices are the same, or both are not there. */
export function samePrice(one: Decimal | null, other: Decimal | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}

/** A stop `percent` away from `price` on the losing side, at a tick: the nearer to the price. */
export function stopAtPercent(
  price: Decimal,
  percent: Decimal,
  side: Side,
  { tickSize }: InstrumentRecord,
): Decimal {
  const share = percent.dividedBy(100).times(side === 'SELL' ? -1 : 1);
  const ticks = price.times(share.plus(1)).dividedBy(tickSize);
  return (side === 'SELL' ? ticks.ceil() : ticks.floor()).times(tickSize);
}
