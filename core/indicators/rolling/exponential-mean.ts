/**
 * Exponential mean with the smoothing factor 2 / (period + 1), seeded with the first value. It gives
 * nothing for the first `hidden` values; a NaN begins anew.
 */
export class ExponentialMean {
  readonly #factor: number;
  readonly #hidden: number;
  #seen = 0;
  #mean = 0;

  constructor(period: number, hidden: number) {
    this.#factor = 2 / (period + 1);
    this.#hidden = hidden;
  }

  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#seen = 0;
      return NaN;
    }
    if (this.#seen === 0) this.#mean = value;
    else this.#mean += (value - this.#mean) * this.#factor;
    if (this.#seen >= this.#hidden) {
      this.#seen = this.#hidden + 1;
      return this.#mean;
    }
    this.#seen += 1;
    return NaN;
  }
}

/** An exponential mean that shows itself from its `period`-th value on, as one within another does. */
export function settledExponentialMean(period: number): ExponentialMean {
  return new ExponentialMean(period, period - 1);
}

/**
 * Mean that moves by `factor` of the difference, seeded with the simple mean of the first `period`
 * values; NaN until then, anew after a NaN.
 */
export class MeanSeededMean {
  readonly #period: number;
  readonly #factor: number;
  #seen = 0;
  #mean = 0;

  constructor(period: number, factor: number) {
    this.#period = period;
    this.#factor = factor;
  }

  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#seen = 0;
      this.#mean = 0;
      return NaN;
    }
    if (this.#seen < this.#period) {
      this.#seen += 1;
      this.#mean += (value - this.#mean) / this.#seen;
    } else {
      this.#mean += (value - this.#mean) * this.#factor;
    }
    return this.#seen === this.#period ? this.#mean : NaN;
  }
}

/**
 * Wilder's smoothing: a mean that moves by a `period`-th of the difference, seeded with the simple
 * mean (J. W. Wilder, New Concepts in Technical Trading Systems, 1978).
 */
export function wilderMean(period: number): MeanSeededMean {
  return new MeanSeededMean(period, 1 / period);
}
