import { deviationAbout } from './moments.ts';

/** What the ratios of a list of returns are made of, gathered in one reading of them. */
export interface ReturnMoments {
  /** How many periods. */
  readonly count: number;
  /** NaN without a period. */
  readonly mean: number;
  /** Sample deviation, NaN below two periods; equal returns give exactly 0. */
  readonly deviation: number;
  /** Sum of the squares of the returns below 0. */
  readonly shortfallSquares: number;
  /** What one has become: 1.1 after a rise of ten percent. */
  readonly growth: number;
  /**
   * The deepest fall of the growth below its highest value before, the start included: a fraction, 0
   * or negative (source: empyrical `max_drawdown`).
   */
  readonly maxDrawdown: number;
}

/** The moments of returns, fractions: 0.01 is one percent. */
export function returnMomentsOf(returns: ArrayLike<number>): ReturnMoments {
  const count = returns.length;
  let [sum, shortfallSquares, growth, highest, lowest, maxDrawdown] = [0, 0, 1, 1, 1, 0];
  for (let index = 0; index < count; index += 1) {
    const value = returns[index] as number;
    sum += value;
    // The lesser of the return and 0, at a fraction of what the function takes.
    const shortfall = (value - Math.abs(value)) / 2;
    shortfallSquares += shortfall * shortfall;
    growth *= 1 + value;
    // What is below `lowest` is the deepest fall so far: a product is had for a fraction of a quotient.
    if (growth > highest) {
      highest = growth;
      lowest = highest * (1 + maxDrawdown);
    } else if (growth < lowest) {
      maxDrawdown = growth / highest - 1;
      lowest = highest * (1 + maxDrawdown);
    }
  }
  const mean = sum / count;
  const deviation = count < 2 ? NaN : deviationAbout(mean, returns);
  return { count, mean, deviation, shortfallSquares, growth, maxDrawdown };
}
