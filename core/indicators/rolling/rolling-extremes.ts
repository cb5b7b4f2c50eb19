/**
 * The largest of the last `period` values and its age: a queue of the values that can still become
 * the largest, in falling order (D. Lemire, Streaming maximum-minimum filter, 2006). Each value
 * enters and leaves once, so the work a value is constant, taken over the window. Fed negated values
 * it finds the lowest. Of equal values the latest counts.
 */
export class RollingHighest {
  /** Bars since the highest, 0 on the latest; NaN while there is none. */
  age = NaN;
  readonly #period: number;
  readonly #values: Float64Array;
  readonly #bars: Float64Array;
  #head = 0;
  #size = 0;
  #bar = 0;

  constructor(period: number) {
    this.#period = period;
    this.#values = new Float64Array(period);
    this.#bars = new Float64Array(period);
  }

  /** The highest with `value` as the latest; NaN until `period` values were seen, anew after a NaN. */
  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#size = 0;
      this.#head = 0;
      this.#bar = 0;
      this.age = NaN;
      return NaN;
    }
    const period = this.#period;
    const values = this.#values;
    const bars = this.#bars;
    const bar = this.#bar;
    let head = this.#head;
    let size = this.#size;
    if (size > 0 && (bars[head] ?? NaN) <= bar - period) {
      head = head + 1 === period ? 0 : head + 1;
      size -= 1;
    }
    let tail = head + size;
    if (tail >= period) tail -= period;
    while (size > 0) {
      const last = tail === 0 ? period - 1 : tail - 1;
      if ((values[last] ?? NaN) > value) break;
      tail = last;
      size -= 1;
    }
    values[tail] = value;
    bars[tail] = bar;
    this.#head = head;
    this.#size = size + 1;
    this.#bar = bar + 1;
    if (bar + 1 < period) return NaN;
    this.age = bar - (bars[head] ?? NaN);
    return values[head] ?? NaN;
  }
}

/** The smallest of the last `period` values and its age; see {@link RollingHighest}. */
export class RollingLowest {
  readonly #negated: RollingHighest;

  constructor(period: number) {
    this.#negated = new RollingHighest(period);
  }

  /** Bars since the lowest, 0 on the latest; NaN while there is none. */
  get age(): number {
    return this.#negated.age;
  }

  next(value: number): number {
    return -this.#negated.next(-value);
  }
}
