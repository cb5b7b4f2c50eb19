import type { TickColumns } from '@nandax/core/market/tick-csv.ts';

/**
 * Goes through the recorded ticks of several instruments in the order of time, those of one time
 * in the order of the instruments. The fields hold the tick that `next()` moved to.
 */
export class TickMerge {
  instrument = -1;
  /** Epoch ms. */
  time = NaN;
  price = NaN;
  /** Cumulative volume of the day; NaN where unknown. */
  volume = NaN;
  readonly #parts: readonly TickColumns[];
  readonly #cursors: Int32Array;

  constructor(parts: readonly TickColumns[]) {
    this.#parts = parts;
    this.#cursors = new Int32Array(parts.length);
  }

  /** Moves on to the next tick; false when none is left. */
  next(): boolean {
    const instrument = this.#earliest();
    const part = this.#parts[instrument];
    if (part === undefined) return false;
    const row = this.#cursors[instrument] ?? 0;
    this.instrument = instrument;
    this.time = part.time[row] ?? NaN;
    this.price = part.price[row] ?? NaN;
    this.volume = part.dayVolume[row] ?? NaN;
    this.#cursors[instrument] = row + 1;
    return true;
  }

  /** Time of the tick that `next()` would move to; Infinity at the end. */
  peek(): number {
    const instrument = this.#earliest();
    return this.#timeOf(instrument);
  }

  #earliest(): number {
    let earliest = -1;
    let time = Infinity;
    for (let instrument = 0; instrument < this.#parts.length; instrument += 1) {
      const here = this.#timeOf(instrument);
      if (here < time) {
        time = here;
        earliest = instrument;
      }
    }
    return earliest;
  }

  #timeOf(instrument: number): number {
    return this.#parts[instrument]?.time[this.#cursors[instrument] ?? 0] ?? Infinity;
  }
}
