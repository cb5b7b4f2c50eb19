import type { EquityColumns } from '../portfolio/equity-curve.ts';

/**
 * A curve with money paid in and out taken off: what the first rupees would have become. Begins at
 * `initialEquity`; `flows` are the rupees paid in (out: negative) before each point, taken to have come
 * before what was traded then, so that paying in is no gain. From nothing or less nothing grows.
 */
export function growthCurveOf(
  columns: EquityColumns,
  initialEquity: number,
  flows: ArrayLike<number>,
): EquityColumns {
  const equity = new Float64Array(columns.length);
  let previous = initialEquity;
  let grown = initialEquity;
  for (let point = 0; point < columns.length; point += 1) {
    const base = previous + (flows[point] ?? 0);
    const current = columns.equity[point] ?? NaN;
    if (base > 0) grown *= current / base;
    equity[point] = grown;
    previous = current;
  }
  return { length: columns.length, time: columns.time, equity };
}
