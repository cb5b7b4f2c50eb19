import { checkPeriod, indicatorSeries, type StreamingIndicator } from './streaming-indicator.ts';

/**
 * Relative strength index, 0 to 100: Wilder's smoothing of rises and falls, seeded with the simple
 * mean of the first `period` changes (J. W. Wilder, New Concepts in Technical Trading Systems,
 * 1978). Without any change there is neither strength nor weakness, and no value (NaN).
 */
export class RelativeStrengthIndex implements StreamingIndicator {
  readonly #period: number;
  #previous = NaN;
  #changes = 0;
  #rise = 0;
  #fall = 0;

  constructor(period: number) {
    checkPeriod(period);
    this.#period = period;
  }

  next(value: number): number {
    const change = value - this.#previous;
    this.#previous = value;
    if (Number.isNaN(change)) {
      this.#changes = 0;
      this.#rise = 0;
      this.#fall = 0;
      return NaN;
    }
    // A mean over n values so far is the seed while n < period, and Wilder's average from there on.
    if (this.#changes < this.#period) this.#changes += 1;
    this.#rise += (Math.max(change, 0) - this.#rise) / this.#changes;
    this.#fall += (Math.max(-change, 0) - this.#fall) / this.#changes;
    return this.#changes === this.#period ? (100 * this.#rise) / (this.#rise + this.#fall) : NaN;
  }
}

/** The relative strength index at every value of `series`; NaN for the first `period`. */
export function rsi(series: Float64Array, period: number): Float64Array {
  return indicatorSeries(new RelativeStrengthIndex(period), series);
}
