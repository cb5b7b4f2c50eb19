import { RollingWeightedSum } from './rolling-weighted-sum.ts';

/**
 * The straight line of least squares through the last `period` values. Of one value it is that value,
 * with a slope of 0; of values that stand the slope is exactly 0.
 */
export class RollingRegression {
  /** Change of the line a bar. */
  slope = NaN;
  /** The line at the oldest bar of the window. */
  intercept = NaN;
  readonly #period: number;
  readonly #sum: RollingWeightedSum;
  #latest = NaN;
  /** How many values in a row equal the latest. */
  #standing = 0;

  constructor(period: number) {
    this.#period = period;
    this.#sum = new RollingWeightedSum(period);
  }

  /** The line at the latest bar; NaN until the window is full, anew after a NaN. */
  next(value: number): number {
    const period = this.#period;
    this.#standing = value === this.#latest ? this.#standing + 1 : 1;
    this.#latest = value;
    const weighted = this.#sum.next(value);
    if (this.#standing >= period && !Number.isNaN(weighted)) {
      this.slope = 0;
      this.intercept = value;
      return value;
    }
    const mean = this.#sum.sum / period;
    // Places 1 to n: sum((i - (n + 1) / 2) * x) over sum((i - (n + 1) / 2)^2) = n * (n^2 - 1) / 12.
    const covered = weighted - (this.#sum.sum * (period + 1)) / 2;
    this.slope = (12 * covered) / (period * (period * period - 1));
    this.intercept = mean - (this.slope * (period - 1)) / 2;
    return mean + (this.slope * (period - 1)) / 2;
  }
}
