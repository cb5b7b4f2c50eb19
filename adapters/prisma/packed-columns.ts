import { endianness } from 'node:os';
import type { TickColumns } from '@nandax/core/market/tick-csv.ts';
import type { CandleColumns } from '@nandax/core/market/candles.ts';

/*
 * One instrument-day as bytes, little endian:
 *
 *     0  uint8    version, 1
 *     1  uint8    kind: 1 candles, 2 ticks
 *     2  uint16   0
 *     4  uint32   rows
 *     8  float64  base, epoch ms
 *    16  float64  one column after the other: candles open, high, low, close, volume;
 *                 ticks price, volume (cumulative); an unknown volume is NaN
 *     …  int32    the column of times: ms since base
 */
const version = 1;
const headerBytes = 16;
const candleColumns = ['open', 'high', 'low', 'close', 'volume'] as const;
const tickColumns = ['price', 'dayVolume'] as const;

/** Columns of equal length under their names. */
type Columns<Name extends string> = Readonly<Record<Name, Float64Array>>;

if (endianness() !== 'LE') {
  // Columns are copied as they lie in memory, which is what makes them fast.
  throw new Error('Packed columns need a little-endian machine.');
}

/** The candles of one instrument and day (times within 24 days of the first) as bytes. */
export function packCandles(candles: CandleColumns): Uint8Array<ArrayBuffer> {
  return pack(1, candles.openTime, candles, candleColumns);
}

/** The candles of days in order, joined. @throws RangeError for bytes that are none. */
export function unpackCandles(days: readonly Uint8Array[]): CandleColumns {
  const { length, time, columns } = unpack(1, days, candleColumns);
  return { length, openTime: time, ...columns };
}

/** The ticks of one instrument and day as bytes; times may run backwards, as recorded. */
export function packTicks(ticks: TickColumns): Uint8Array<ArrayBuffer> {
  return pack(2, ticks.time, ticks, tickColumns);
}

/** The ticks of days in order, joined. @throws RangeError for bytes that are none. */
export function unpackTicks(days: readonly Uint8Array[]): TickColumns {
  const { length, time, columns } = unpack(2, days, tickColumns);
  return { length, time, ...columns };
}

function pack<Name extends string>(
  kind: number,
  time: Float64Array,
  columns: Columns<Name>,
  names: readonly Name[],
): Uint8Array<ArrayBuffer> {
  const rows = time.length;
  const base = time[0] ?? 0;
  const buffer = new ArrayBuffer(sizeOf(rows, names.length));
  const header = new DataView(buffer);
  header.setUint8(0, version);
  header.setUint8(1, kind);
  header.setUint32(4, rows, true);
  header.setFloat64(8, base, true);
  names.forEach((name, at) =>
    new Float64Array(buffer, headerBytes + at * rows * 8, rows).set(columns[name]),
  );
  const times = new Int32Array(buffer, headerBytes + names.length * rows * 8, rows);
  for (let row = 0; row < rows; row += 1) {
    const offset = (time[row] ?? NaN) - base;
    times[row] = offset;
    if (times[row] !== offset) throw new RangeError(`row ${row} is not within a day of the first`);
  }
  return new Uint8Array(buffer);
}

function unpack<Name extends string>(
  kind: number,
  days: readonly Uint8Array[],
  names: readonly Name[],
): { length: number; time: Float64Array; columns: Columns<Name> } {
  const rowsOfDays = days.map((day) => rowsOf(kind, day, names.length));
  const length = rowsOfDays.reduce((sum, rows) => sum + rows, 0);
  const time = new Float64Array(length);
  const columns = Object.fromEntries(
    names.map((name) => [name, new Float64Array(length)]),
  ) as Columns<Name>;
  let first = 0;
  days.forEach((day, at) => {
    const rows = rowsOfDays[at] ?? 0;
    // A copy of its own begins at 0; what the driver hands over may lie anywhere in its buffer.
    const { buffer } = new Uint8Array(day);
    names.forEach((name, column) =>
      columns[name].set(new Float64Array(buffer, headerBytes + column * rows * 8, rows), first),
    );
    const base = new DataView(buffer).getFloat64(8, true);
    const times = new Int32Array(buffer, headerBytes + names.length * rows * 8, rows);
    for (let row = 0; row < rows; row += 1) time[first + row] = base + (times[row] ?? NaN);
    first += rows;
  });
  return { length, time, columns };
}

function rowsOf(kind: number, day: Uint8Array, columnCount: number): number {
  if (day.byteLength >= headerBytes && day[0] === version && day[1] === kind) {
    const rows = new DataView(day.buffer, day.byteOffset).getUint32(4, true);
    if (day.byteLength === sizeOf(rows, columnCount)) return rows;
  }
  throw new RangeError(`${day.byteLength} bytes are no packed columns of kind ${kind}`);
}

function sizeOf(rows: number, columnCount: number): number {
  return headerBytes + rows * (columnCount * 8 + 4);
}
