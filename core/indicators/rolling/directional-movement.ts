import { ratio } from './ratio.ts';

/**
 * Wilder's sum, which leaves a `period`-th of itself behind a bar; seeded with the sum of the first
 * `period - 1` values, NaN until then, anew after a NaN.
 */
class WilderSum {
  readonly #period: number;
  #seen = 0;
  #sum = 0;

  constructor(period: number) {
    this.#period = period;
  }

  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#seen = 0;
      this.#sum = 0;
      return NaN;
    }
    if (this.#seen < this.#period - 1) {
      this.#seen += 1;
      this.#sum += value;
    } else {
      this.#sum += value - this.#sum / this.#period;
    }
    return this.#seen === this.#period - 1 ? this.#sum : NaN;
  }
}

/**
 * Wilder's directional movement (New Concepts in Technical Trading Systems, 1978): the part of a bar
 * above the one before or below it, whichever is larger, summed his way. `period` is at least 2.
 */
export class DirectionalMovement {
  /** Summed movements in rupees; NaN for the first `period - 1` bars. */
  plus = NaN;
  minus = NaN;
  readonly #plusSum: WilderSum;
  readonly #minusSum: WilderSum;
  #high = NaN;
  #low = NaN;

  constructor(period: number) {
    this.#plusSum = new WilderSum(period);
    this.#minusSum = new WilderSum(period);
  }

  next(high: number, low: number): void {
    const up = Math.max(high - this.#high, 0);
    const down = Math.max(this.#low - low, 0);
    this.#high = high;
    this.#low = low;
    this.plus = this.#plusSum.next(down < up || Number.isNaN(up) ? up : 0);
    this.minus = this.#minusSum.next(up < down || Number.isNaN(down) ? down : 0);
  }

  /** Difference of the two over their sum, 0 to 100; 0 where nothing moves either way. */
  index(): number {
    const both = this.plus + this.minus;
    return both === 0 ? 0 : (100 * Math.abs(this.plus - this.minus)) / both;
  }
}

/** Directional movement over the true range, summed the same way: the directional indicators. */
export class DirectionalIndicators {
  /** 0 to 100; NaN where nothing moved, and for the first `period - 1` bars. */
  plus = NaN;
  minus = NaN;
  readonly movement: DirectionalMovement;
  readonly #ranges: WilderSum;
  #close = NaN;

  constructor(period: number) {
    this.movement = new DirectionalMovement(period);
    this.#ranges = new WilderSum(period);
  }

  next(high: number, low: number, close: number): void {
    this.movement.next(high, low);
    // The first bar, without a close before it, has no range here.
    const range = this.#ranges.next(Math.max(high, this.#close) - Math.min(low, this.#close));
    this.#close = close;
    this.plus = 100 * ratio(this.movement.plus, range);
    this.minus = 100 * ratio(this.movement.minus, range);
  }
}
