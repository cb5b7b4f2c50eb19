import { checkPeriod, indicatorSeries, type StreamingIndicator } from './streaming-indicator.ts';

/** Simple moving average: the arithmetic mean of the last `period` values. */
export class SimpleMovingAverage implements StreamingIndicator {
  readonly #window: Float64Array;
  #sum = 0;
  #position = 0;
  #isFull = false;

  constructor(period: number) {
    checkPeriod(period);
    this.#window = new Float64Array(period);
  }

  next(value: number): number {
    const window = this.#window;
    if (Number.isNaN(value)) {
      window.fill(0);
      this.#sum = 0;
      this.#position = 0;
      this.#isFull = false;
      return NaN;
    }
    this.#sum += value - (window[this.#position] ?? NaN);
    window[this.#position] = value;
    this.#position += 1;
    if (this.#position === window.length) {
      this.#position = 0;
      this.#isFull = true;
      // Once a round the sum is taken anew, so that rounding errors cannot add up for ever.
      this.#sum = 0;
      for (const past of window) this.#sum += past;
    }
    return this.#isFull ? this.#sum / window.length : NaN;
  }
}

/** The simple moving average at every value of `series`; NaN for the first `period - 1`. */
export function sma(series: Float64Array, period: number): Float64Array {
  return indicatorSeries(new SimpleMovingAverage(period), series);
}
