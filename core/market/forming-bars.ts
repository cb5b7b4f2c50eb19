import type { ClosedBar } from './closed-bar.ts';

type OwnedBar = { -readonly [K in keyof ClosedBar]: ClosedBar[K] };

/** The bars that all instruments of a builder are forming at one time, which share one open time. */
export class FormingBars {
  /** Epoch ms. */
  openTime = NaN;

  readonly #bars: readonly OwnedBar[];
  readonly #present: Uint8Array;
  #presentCount = 0;

  constructor(instrumentCount: number) {
    this.#present = new Uint8Array(instrumentCount);
    this.#bars = Array.from({ length: instrumentCount }, (_, instrument) => ({
      instrument,
      openTime: NaN,
      closeTime: NaN,
      open: NaN,
      high: NaN,
      low: NaN,
      close: NaN,
      volume: NaN,
    }));
  }

  /** True while no instrument has a price. */
  get isEmpty(): boolean {
    return this.#presentCount === 0;
  }

  /** Extends the instrument's bar by a part of it; an unknown volume (NaN) makes the sum unknown. */
  add(
    instrument: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
  ): void {
    const bar = this.#bars[instrument];
    if (bar === undefined) throw new RangeError(`no instrument ${instrument}`);
    if (this.#present[instrument] === 0) {
      this.#present[instrument] = 1;
      this.#presentCount += 1;
      bar.open = open;
      bar.high = high;
      bar.low = low;
      bar.volume = volume;
    } else {
      if (high > bar.high) bar.high = high;
      if (low < bar.low) bar.low = low;
      bar.volume += volume;
    }
    bar.close = close;
  }

  /** Adds every bar to the same instrument's bar of `target` and empties this. */
  moveInto(target: FormingBars): void {
    for (const bar of this.#bars) {
      if (!this.#has(bar)) continue;
      target.add(bar.instrument, bar.open, bar.high, bar.low, bar.close, bar.volume);
    }
    this.#clear();
  }

  /** Empties this and returns its bars, closed at `closeTime`; they are good until the next `add`. */
  take(closeTime: number): readonly ClosedBar[] {
    const isFull = this.#presentCount === this.#bars.length;
    const taken = isFull ? this.#bars : this.#bars.filter((bar) => this.#has(bar));
    for (const bar of taken) {
      bar.openTime = this.openTime;
      bar.closeTime = closeTime;
    }
    this.#clear();
    return taken;
  }

  #has({ instrument }: OwnedBar): boolean {
    return this.#present[instrument] === 1;
  }

  #clear(): void {
    this.#present.fill(0);
    this.#presentCount = 0;
  }
}
