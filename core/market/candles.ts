/**
 * Candles of one instrument as columns, rising by open time. Prices are rupees (or index points),
 * volume is units traded within the candle, NaN where unknown. `length` rows count; the arrays are
 * exactly that long.
 */
export interface CandleColumns {
  readonly length: number;
  /** Epoch ms at which the candle opens. */
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** One candle; units as in the columns. */
export interface Candle {
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

const columnNames = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;

function mapColumns(
  length: number,
  column: (name: (typeof columnNames)[number]) => Float64Array,
): CandleColumns {
  return {
    length,
    openTime: column('openTime'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

/** The candle in row `row`. @throws RangeError where there is no such row. */
export function candleAt(candles: CandleColumns, row: number): Candle {
  const [openTime, open, high, low, close, volume] = columnNames.map((name) => candles[name][row]);
  if (
    openTime === undefined ||
    open === undefined ||
    high === undefined ||
    low === undefined ||
    close === undefined ||
    volume === undefined
  ) {
    throw new RangeError(`no candle in row ${row} of ${candles.length}`);
  }
  return { openTime, open, high, low, close, volume };
}

/** The first row whose open time is at or after `time` (epoch ms); `length` where none is. */
export function firstRowFrom(candles: CandleColumns, time: number): number {
  let low = 0;
  let high = candles.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((candles.openTime[middle] ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The candles that open in `from` (inclusive) to `to` (exclusive), epoch ms: views, not copies. */
export function sliceCandles(candles: CandleColumns, from: number, to: number): CandleColumns {
  const start = firstRowFrom(candles, from);
  const end = Math.max(start, firstRowFrom(candles, to));
  return mapColumns(end - start, (name) => candles[name].subarray(start, end));
}

/**
 * The rows of all `parts` one after the other. Each part must open after the last row of the one
 * before it. @throws RangeError where they overlap or are out of order.
 */
export function concatCandles(parts: readonly CandleColumns[]): CandleColumns {
  let last = -Infinity;
  for (const part of parts) {
    const first = part.openTime[0];
    if (first === undefined) continue;
    if (first <= last) throw new RangeError(`candles at ${first} do not follow ${last}`);
    last = part.openTime[part.length - 1] ?? last;
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return mapColumns(length, (name) => {
    const joined = new Float64Array(length);
    let offset = 0;
    for (const part of parts) {
      joined.set(part[name], offset);
      offset += part.length;
    }
    return joined;
  });
}

/** Gathers candles row by row into columns; capacity doubles, so adding is O(1) on average. */
export class CandleColumnsBuilder {
  #columns: CandleColumns;
  #length = 0;

  /** `capacity`: rows expected, to spare the growing. */
  constructor(capacity = 1024) {
    const size = Math.max(1, capacity);
    this.#columns = mapColumns(size, () => new Float64Array(size));
  }

  /** Rows added so far. */
  get length(): number {
    return this.#length;
  }

  /** Adds one row; rising open times are the caller's duty. */
  add(
    openTime: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
  ): void {
    if (this.#length === this.#columns.length) this.#grow();
    const row = this.#length;
    const columns = this.#columns;
    columns.openTime[row] = openTime;
    columns.open[row] = open;
    columns.high[row] = high;
    columns.low[row] = low;
    columns.close[row] = close;
    columns.volume[row] = volume;
    this.#length = row + 1;
  }

  /** The rows added so far, in arrays of their own. */
  build(): CandleColumns {
    return mapColumns(this.#length, (name) => this.#columns[name].slice(0, this.#length));
  }

  #grow(): void {
    const old = this.#columns;
    const size = old.length * 2;
    this.#columns = mapColumns(size, (name) => {
      const grown = new Float64Array(size);
      grown.set(old[name]);
      return grown;
    });
  }
}
