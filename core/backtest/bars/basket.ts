import type { BarsInstrument } from './bars-market.ts';

/**
 * What the market itself did: the closes of the one instrument, or the worth of equal parts of all,
 * bought at the first close of each (before it the part lies in money) and never touched. `rows` as in `BarsMarket`.
 */
export function basketOf(
  instruments: readonly BarsInstrument[],
  rows: readonly (Int32Array | null)[],
  points: number,
): Float64Array {
  const [first] = instruments;
  if (instruments.length === 1 && first !== undefined) return first.bars.close;
  const basket = new Float64Array(points);
  instruments.forEach(({ bars }, instrument) => {
    const own = rows[instrument] ?? null;
    const bought = bars.close[0] ?? NaN;
    let worth = 1;
    for (let point = 0; point < points; point += 1) {
      const row = own === null ? point : (own[point] as number);
      if (row !== -1) worth = (bars.close[row] as number) / bought;
      basket[point] = (basket[point] as number) + worth / instruments.length;
    }
  });
  return basket;
}
