import { checkPeriod, indicatorSeries, type StreamingIndicator } from './streaming-indicator.ts';

/** Simple moving average: the arithmetic mean of the last `period` values. */
export class SimpleMovingAverage implements StreamingIndicator {
  readonly #window: Float64Array;
  /**
   * The mean is kept as an anchor and the sum of the distances from it. The distances are small, so
   * the running sum loses nothing that matters, and on a standing price averages of all periods are
   * equal to the last bit, as a rule that waits for their crossing needs.
   */
  #anchor = NaN;
  #distanceSum = 0;
  #position = 0;
  #count = 0;

  constructor(period: number) {
    checkPeriod(period);
    this.#window = new Float64Array(period);
  }

  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#count = 0;
      this.#position = 0;
      this.#distanceSum = 0;
      return NaN;
    }
    if (this.#count === 0) this.#anchor = value;
    const window = this.#window;
    const period = window.length;
    if (this.#count === period) {
      this.#distanceSum -= (window[this.#position] ?? NaN) - this.#anchor;
    } else {
      this.#count += 1;
    }
    window[this.#position] = value;
    this.#distanceSum += value - this.#anchor;
    this.#position += 1;
    if (this.#position === period) this.#startRound(value);
    return this.#count === period ? this.#anchor + this.#distanceSum / period : NaN;
  }

  /** Once a round of the window the sum is taken anew, so that rounding cannot add up for ever. */
  #startRound(anchor: number): void {
    this.#position = 0;
    this.#anchor = anchor;
    this.#distanceSum = 0;
    for (const value of this.#window) this.#distanceSum += value - anchor;
  }
}

/** The simple moving average at every value of `series`; NaN for the first `period - 1`. */
export function sma(series: Float64Array, period: number): Float64Array {
  return indicatorSeries(new SimpleMovingAverage(period), series);
}
