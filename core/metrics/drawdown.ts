import type { EquityColumns } from '../portfolio/equity-curve.ts';
import type { Returns } from './returns.ts';
import { cumulativeReturnsOf } from './returns.ts';

/** The deepest fall of an equity curve. Times are epoch ms of market time. */
export interface Drawdown {
  /** Fraction of the highest equity before, negative. */
  readonly depth: number;
  /** When that highest equity was last seen; null: it was the initial capital. */
  readonly peakAt: number | null;
  readonly troughAt: number;
  /** When the highest equity was reached again; null: not yet. */
  readonly recoveredAt: number | null;
}

/**
 * The deepest fall of cumulative returns below their highest value before, the start included: a
 * fraction, 0 or negative (source: empyrical `max_drawdown`). Null without a period.
 */
export function maxDrawdownOf(returns: Returns): number | null {
  if (returns.length === 0) return null;
  let highest = 1;
  let deepest = 0;
  for (const value of cumulativeReturnsOf(returns, 1)) {
    highest = Math.max(highest, value);
    deepest = Math.min(deepest, value / highest - 1);
  }
  return deepest;
}

/** The deepest drawdown of a curve, of equally deep ones the first; null where nothing fell. */
export function deepestDrawdownOf(columns: EquityColumns, initialCapital: number): Drawdown | null {
  let highest = initialCapital;
  let peakAt: number | null = null;
  let deepest: Omit<Drawdown, 'recoveredAt'> | null = null;
  let peakOfDeepest = Infinity;
  let recoveredAt: number | null = null;
  for (let point = 0; point < columns.length; point += 1) {
    const equity = columns.equity[point] ?? NaN;
    const time = columns.time[point] ?? NaN;
    if (deepest !== null && recoveredAt === null && equity >= peakOfDeepest) recoveredAt = time;
    if (equity >= highest) {
      highest = equity;
      peakAt = time;
      continue;
    }
    const depth = equity / highest - 1;
    if (depth < (deepest?.depth ?? 0)) {
      deepest = { depth, peakAt, troughAt: time };
      peakOfDeepest = highest;
      recoveredAt = null;
    }
  }
  return deepest === null ? null : { ...deepest, recoveredAt };
}
