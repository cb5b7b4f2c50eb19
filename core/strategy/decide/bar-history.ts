/** What happened in the bars of an instrument from some moment on. */
export interface BarSpan {
  /** How many bars closed from the one on in which the moment lies, that one included. */
  readonly bars: number;
  /** Highest and lowest price of those that closed since, rupees; NaN without a bar. */
  readonly high: number;
  readonly low: number;
}

/**
 * The bars of one instrument as far as stops need them: when each closed, and its extremes. Asking
 * for the same moment again costs only the bars that came since.
 */
export class BarHistory {
  #closeTimes = new Float64Array(64);
  #highs = new Float64Array(64);
  #lows = new Float64Array(64);
  #length = 0;
  readonly #span = { bars: 0, high: NaN, low: NaN };
  readonly #momentsAreCloses: boolean;
  #since = NaN;
  #seen = 0;

  /** @param momentsAreCloses whether the moments asked for belong to the bar that closes then. */
  constructor(momentsAreCloses = false) {
    this.#momentsAreCloses = momentsAreCloses;
  }

  /** How many bars are known. */
  get length(): number {
    return this.#length;
  }

  /** Adds the next bar: when it closed (epoch ms) and its extremes in rupees. */
  add(closeTime: number, high: number, low: number): void {
    if (this.#length === this.#closeTimes.length) this.#grow();
    this.#closeTimes[this.#length] = closeTime;
    this.#highs[this.#length] = high;
    this.#lows[this.#length] = low;
    this.#length += 1;
  }

  /** What the first `length` bars say of what came after `time` (epoch ms); good until the next call. */
  since(time: number, length: number): BarSpan {
    const span = this.#span;
    if (time !== this.#since || length < this.#seen) {
      this.#since = time;
      this.#seen = this.#firstAfter(time, length);
      span.bars = this.#momentsAreCloses ? 1 : 0;
      span.high = NaN;
      span.low = NaN;
    }
    for (; this.#seen < length; this.#seen += 1) {
      const [high, low] = [this.#highs[this.#seen] as number, this.#lows[this.#seen] as number];
      if (!(high <= span.high)) span.high = high;
      if (!(low >= span.low)) span.low = low;
      span.bars += 1;
    }
    return span;
  }

  #firstAfter(time: number, length: number): number {
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#closeTimes[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    this.#closeTimes = grown(this.#closeTimes);
    this.#highs = grown(this.#highs);
    this.#lows = grown(this.#lows);
  }
}

function grown(old: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(old.length * 2);
  larger.set(old);
  return larger;
}
