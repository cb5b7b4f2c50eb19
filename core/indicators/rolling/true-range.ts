/**
 * Wilder's true range: the farthest of the bar's high and low from each other and from the close
 * before; of a first bar, and of the first after a gap, high - low.
 */
export class TrueRange {
  #close = NaN;

  next(high: number, low: number, close: number): number {
    const before = this.#close;
    this.#close = close;
    if (Number.isNaN(before)) return high - low;
    return Math.max(high, before) - Math.min(low, before);
  }
}
