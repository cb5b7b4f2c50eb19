import type { CandleColumns } from './candles.ts';

/**
 * Goes through the candles of several instruments together, one open time after the other. After
 * each `next()`, `time` is the open time (epoch ms) and `rows` the row of every instrument's candle
 * there, -1 where it has none; at the end `next()` is false.
 */
export class CandleMerge {
  /** Row of each instrument at `time`. */
  readonly rows: Int32Array;
  time = NaN;
  readonly #parts: readonly CandleColumns[];
  readonly #cursors: Int32Array;

  constructor(parts: readonly CandleColumns[]) {
    this.#parts = parts;
    this.#cursors = new Int32Array(parts.length);
    this.rows = new Int32Array(parts.length).fill(-1);
  }

  /** Moves on to the next open time; false when no candle is left. */
  next(): boolean {
    const parts = this.#parts;
    const cursors = this.#cursors;
    let time = Infinity;
    for (let part = 0; part < parts.length; part += 1) {
      const openTime = parts[part]?.openTime[cursors[part] ?? 0];
      if (openTime !== undefined && openTime < time) time = openTime;
    }
    if (time === Infinity) return false;
    this.time = time;
    for (let part = 0; part < parts.length; part += 1) {
      const cursor = cursors[part] ?? 0;
      const isHere = parts[part]?.openTime[cursor] === time;
      this.rows[part] = isHere ? cursor : -1;
      if (isHere) cursors[part] = cursor + 1;
    }
    return true;
  }
}
