/** The value that came `bars` values ago, in constant time a value. */
export class LookBack {
  readonly #ring: Float64Array;
  #next = 0;

  constructor(bars: number) {
    this.#ring = new Float64Array(bars).fill(NaN);
  }

  /** Takes the next value and gives the one of `bars` values before it, NaN where there was none. */
  next(value: number): number {
    const ring = this.#ring;
    const past = ring[this.#next] ?? NaN;
    ring[this.#next] = value;
    this.#next = this.#next + 1 === ring.length ? 0 : this.#next + 1;
    return past;
  }
}

/**
 * The highest (`sign` 1) or lowest (-1) of the latest `bars` values, in constant time a value on
 * average. Without that many in a row there is none (NaN); a missing value begins the row afresh.
 *
 * Candidates stand in a queue that falls from its head on: one that is not above a later one can
 * never be the highest again.
 */
export class Extreme {
  readonly #bars: number;
  readonly #sign: number;
  readonly #values: Float64Array;
  readonly #times: Float64Array;
  #head = 0;
  #size = 0;
  #time = 0;
  #run = 0;

  constructor(bars: number, sign: 1 | -1) {
    this.#bars = bars;
    this.#sign = sign;
    this.#values = new Float64Array(bars);
    this.#times = new Float64Array(bars);
  }

  /** Takes the next value and gives the extreme of the latest ones. */
  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#run = 0;
      this.#size = 0;
      return NaN;
    }
    const bars = this.#bars;
    const [values, times] = [this.#values, this.#times];
    const rank = value * this.#sign;
    if (this.#size > 0 && (times[this.#head] ?? 0) <= this.#time - bars) {
      this.#head = this.#head + 1 === bars ? 0 : this.#head + 1;
      this.#size -= 1;
    }
    while (this.#size > 0 && (values[this.#at(this.#size - 1)] ?? 0) * this.#sign <= rank) {
      this.#size -= 1;
    }
    const place = this.#at(this.#size);
    values[place] = value;
    times[place] = this.#time;
    this.#size += 1;
    this.#time += 1;
    if (this.#run < bars) this.#run += 1;
    return this.#run === bars ? (values[this.#head] ?? NaN) : NaN;
  }

  #at(place: number): number {
    const at = this.#head + place;
    return at < this.#bars ? at : at - this.#bars;
  }
}
