import type { EquityColumns } from '../portfolio/equity-curve.ts';

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

/** The deepest drawdown of a curve, of equally deep ones the first; null where nothing fell. */
export function deepestDrawdownOf(columns: EquityColumns, initialCapital: number): Drawdown | null {
  const { length, equity } = columns;
  let [highest, peak] = [initialCapital, -1];
  let [depth, floor] = [0, 1];
  let [highestOfDeepest, peakOfDeepest, trough, recovery] = [Infinity, -1, -1, -1];
  for (let point = 0; point < length; point += 1) {
    const value = equity[point] as number;
    if (value >= highest) {
      if (recovery === -1 && value >= highestOfDeepest) recovery = point;
      highest = value;
      peak = point;
      // A product is had for a fraction of a quotient, and few points are the deepest so far.
    } else if (value < highest * floor && value / highest - 1 < depth) {
      depth = value / highest - 1;
      floor = (1 + depth) * (1 + hair);
      [highestOfDeepest, peakOfDeepest, trough, recovery] = [highest, peak, point, -1];
    }
  }
  if (trough === -1) return null;
  const timeAt = (point: number): number | null =>
    point === -1 ? null : (columns.time[point] as number);
  return {
    depth,
    peakAt: timeAt(peakOfDeepest),
    troughAt: columns.time[trough] as number,
    recoveredAt: timeAt(recovery),
  };
}

/** Far above what rounding takes off a product, so that the quotient has the last word. */
const hair = 1e-12;
