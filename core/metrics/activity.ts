import type { Decimal } from 'decimal.js';
import type { Side } from '../order/order-terms.ts';
import { contractValueOf } from '../portfolio/contract-value.ts';
import type { EquityColumns } from '../portfolio/equity-curve.ts';
import { finiteOrNull } from './moments.ts';

/** A fill, as far as exposure and turnover are concerned. */
export interface ActivityFill {
  /** Identifies the instrument among the fills. */
  readonly instrument: string | number;
  /** Units, positive when bought. */
  readonly signedQuantity: number;
  /** Rupees: price times quantity times contract multiplier, positive. */
  readonly value: number;
  /** Epoch ms. */
  readonly time: number;
}

/** A fill of `quantity` units at `price` rupees, as exposure and turnover see it. */
export function activityFillOf(fill: {
  readonly instrument: string | number;
  readonly side: Side;
  readonly quantity: Decimal;
  readonly price: Decimal;
  /** How many times its price one of quantity is worth. */
  readonly multiplier: Decimal;
  readonly time: number;
}): ActivityFill {
  const { instrument, side, time } = fill;
  const quantity = fill.quantity.toNumber();
  return {
    instrument,
    signedQuantity: side === 'BUY' ? quantity : -quantity,
    value: contractValueOf(fill.quantity, fill.price, fill.multiplier).toNumber(),
    time,
  };
}

/** How much of the time, and how often, the capital was at work. */
export interface Activity {
  /** Share of the curve's points at which something was held, in percent; null without a point. */
  readonly exposurePercent: number | null;
  /** Half of what was bought and sold over the mean equity: 1 when it was turned over once. */
  readonly turnover: number | null;
}

/** Exposure and turnover from fills in the order of time and the curve beside them. */
export function activityOf(fills: readonly ActivityFill[], columns: EquityColumns): Activity {
  if (columns.length === 0) return { exposurePercent: null, turnover: null };
  const held = new Map<string | number, number>();
  let next = 0;
  let exposed = 0;
  let equity = 0;
  for (let point = 0; point < columns.length; point += 1) {
    const time = columns.time[point] ?? NaN;
    for (let fill = fills[next]; fill !== undefined && fill.time <= time; fill = fills[next]) {
      const units = (held.get(fill.instrument) ?? 0) + fill.signedQuantity;
      if (units === 0) held.delete(fill.instrument);
      else held.set(fill.instrument, units);
      next += 1;
    }
    if (held.size > 0) exposed += 1;
    equity += columns.equity[point] ?? NaN;
  }
  const traded = fills.reduce((sum, { value }) => sum + value, 0);
  return {
    exposurePercent: (exposed / columns.length) * 100,
    turnover: finiteOrNull(traded / 2 / (equity / columns.length)),
  };
}
