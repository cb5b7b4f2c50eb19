/**
 * Sum of the last `period` values. Time is cut into blocks of `period` values; the window is the end
 * of the block before, whose sums from each value to its end are kept, and the beginning of this
 * block. Nothing is ever taken away from a sum, so no rounding error stays behind, and a window of
 * zeros sums to zero exactly. Constant work a value, taken over a block.
 */
export class RollingSum {
  readonly #values: Float64Array;
  /** Sum of the block before from each position to its end. */
  readonly #ends: Float64Array;
  #position = 0;
  #begun = 0;
  #isFull = false;

  constructor(period: number) {
    this.#values = new Float64Array(period);
    this.#ends = new Float64Array(period + 1);
  }

  /** The sum with `value` as the latest; NaN until `period` values were seen, anew after a NaN. */
  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#position = 0;
      this.#begun = 0;
      this.#isFull = false;
      return NaN;
    }
    const values = this.#values;
    const period = values.length;
    values[this.#position] = value;
    this.#begun += value;
    this.#position += 1;
    if (this.#position < period) {
      return this.#isFull ? (this.#ends[this.#position] ?? NaN) + this.#begun : NaN;
    }
    const sum = this.#begun;
    sumEnds(values, 0, this.#ends);
    this.#position = 0;
    this.#begun = 0;
    this.#isFull = true;
    return sum;
  }
}

/** Writes into `ends` the sums of the values from each position of the block to its end. */
export function sumEnds(values: Float64Array, from: number, ends: Float64Array): void {
  const period = ends.length - 1;
  let sum = 0;
  for (let position = period - 1; position > 0; position -= 1) {
    sum += values[from + position] ?? NaN;
    ends[position] = sum;
  }
}

/** Mean of the last `period` values, NaN until there are so many; a NaN begins anew. */
export class RollingMean {
  readonly #sum: RollingSum;
  readonly #period: number;

  constructor(period: number) {
    this.#sum = new RollingSum(period);
    this.#period = period;
  }

  next(value: number): number {
    return this.#sum.next(value) / this.#period;
  }
}
