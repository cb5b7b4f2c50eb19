/**
 * Sum of the last `period` values, each weighted by its place: 1 for the oldest, `period` for the
 * latest. Like {@link RollingSum} it joins the end of one block with the beginning of the next and
 * takes nothing away.
 */
export class RollingWeightedSum {
  /** The plain sum of the same window. */
  sum = NaN;
  readonly #values: Float64Array;
  readonly #ends: Float64Array;
  readonly #weightedEnds: Float64Array;
  #position = 0;
  #begun = 0;
  #weightedBegun = 0;
  #isFull = false;

  constructor(period: number) {
    this.#values = new Float64Array(period);
    this.#ends = new Float64Array(period + 1);
    this.#weightedEnds = new Float64Array(period + 1);
  }

  /** The weighted sum with `value` as the latest; NaN until the window is full, anew after a NaN. */
  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#position = 0;
      this.#begun = 0;
      this.#weightedBegun = 0;
      this.#isFull = false;
      this.sum = NaN;
      return NaN;
    }
    const values = this.#values;
    const period = values.length;
    const position = this.#position;
    values[position] = value;
    this.#begun += value;
    this.#weightedBegun += position * value;
    const next = position + 1;
    // The latest, at `position`, weighs the whole period; the first of the block that much less.
    const begun = (period - position) * this.#begun + this.#weightedBegun;
    if (next < period) {
      this.#position = next;
      if (!this.#isFull) return NaN;
      this.sum = (this.#ends[next] ?? NaN) + this.#begun;
      return (this.#weightedEnds[next] ?? NaN) + begun;
    }
    this.sum = this.#begun;
    weightEnds(values, 0, this.#ends, this.#weightedEnds);
    this.#position = 0;
    this.#begun = 0;
    this.#weightedBegun = 0;
    this.#isFull = true;
    return begun;
  }
}

/** Writes the sums from each position of a block to its end, plain and weighted 1, 2, 3, ... */
export function weightEnds(
  values: Float64Array,
  from: number,
  ends: Float64Array,
  weightedEnds: Float64Array,
): void {
  let sum = 0;
  let weighted = 0;
  for (let position = ends.length - 2; position > 0; position -= 1) {
    sum += values[from + position] ?? NaN;
    weighted += sum;
    ends[position] = sum;
    weightedEnds[position] = weighted;
  }
}

/** Mean of the last `period` values weighted 1 for the oldest to `period` for the latest. */
export class RollingWeightedMean {
  readonly #sum: RollingWeightedSum;
  readonly #weight: number;

  constructor(period: number) {
    this.#sum = new RollingWeightedSum(period);
    this.#weight = (period * (period + 1)) / 2;
  }

  next(value: number): number {
    return this.#sum.next(value) / this.#weight;
  }
}
