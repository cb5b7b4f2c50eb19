/** The last `period` values in order of size, for medians and ranks; a NaN begins anew. */
export class SortedWindow {
  /** How many values are in the window. */
  size = 0;
  readonly #recent: Float64Array;
  readonly #sorted: Float64Array;
  #position = 0;

  constructor(period: number) {
    this.#recent = new Float64Array(period);
    this.#sorted = new Float64Array(period);
  }

  /** Takes a value in place of the oldest; a NaN empties the window. */
  push(value: number): void {
    if (Number.isNaN(value)) {
      this.size = 0;
      this.#position = 0;
      return;
    }
    const recent = this.#recent;
    const sorted = this.#sorted;
    if (this.size === recent.length) {
      const leaves = this.countBelow(recent[this.#position] ?? NaN);
      sorted.copyWithin(leaves, leaves + 1, this.size);
      this.size -= 1;
    }
    const enters = this.countBelow(value);
    sorted.copyWithin(enters + 1, enters, this.size);
    sorted[enters] = value;
    this.size += 1;
    recent[this.#position] = value;
    this.#position += 1;
    if (this.#position === recent.length) this.#position = 0;
  }

  /** How many values of the window are smaller than `value`. */
  countBelow(value: number): number {
    let from = 0;
    let to = this.size;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#sorted[middle] ?? NaN) < value) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** How many values of the window are at most `value`. */
  countUpTo(value: number): number {
    let from = 0;
    let to = this.size;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#sorted[middle] ?? NaN) <= value) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The middle value, or the mean of the two middle ones; NaN until the window is full. */
  median(): number {
    const { size } = this;
    if (size < this.#sorted.length) return NaN;
    const half = size >>> 1;
    const upper = this.#sorted[half] ?? NaN;
    return size % 2 === 1 ? upper : ((this.#sorted[half - 1] ?? NaN) + upper) / 2;
  }
}
