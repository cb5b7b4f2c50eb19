import { checkPeriod, indicatorSeries, type StreamingIndicator } from './streaming-indicator.ts';

/**
 * Exponential moving average with the smoothing factor 2 / (period + 1), seeded with the simple mean
 * of its first `period` values (the convention of TA-Lib and of most charting programs).
 */
export class ExponentialMovingAverage implements StreamingIndicator {
  readonly #period: number;
  readonly #factor: number;
  #count = 0;
  #average = 0;

  constructor(period: number) {
    checkPeriod(period);
    this.#period = period;
    this.#factor = 2 / (period + 1);
  }

  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#count = 0;
      this.#average = 0;
      return NaN;
    }
    if (this.#count < this.#period) {
      this.#count += 1;
      this.#average += (value - this.#average) / this.#count;
    } else {
      this.#average += (value - this.#average) * this.#factor;
    }
    return this.#count === this.#period ? this.#average : NaN;
  }
}

/** The exponential moving average at every value of `series`; NaN for the first `period - 1`. */
export function ema(series: Float64Array, period: number): Float64Array {
  return indicatorSeries(new ExponentialMovingAverage(period), series);
}
