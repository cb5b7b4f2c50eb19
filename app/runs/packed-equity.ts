/** Bytes of one point: time and equity as float64. */
const pointBytes = 16;

/** An equity curve as bytes: all times (epoch ms), then all equities (rupees), little endian. */
export function packEquity(curve: {
  readonly time: Float64Array;
  readonly equity: Float64Array;
}): Uint8Array<ArrayBuffer> {
  const { time, equity } = curve;
  const bytes = new DataView(new ArrayBuffer(time.length * pointBytes));
  time.forEach((value, point) => bytes.setFloat64(point * 8, value, true));
  equity.forEach((value, point) => bytes.setFloat64((time.length + point) * 8, value, true));
  return new Uint8Array(bytes.buffer);
}

/** One column as bytes, float64, little endian. */
export function packColumn(column: Float64Array): Uint8Array<ArrayBuffer> {
  const bytes = new DataView(new ArrayBuffer(column.length * 8));
  column.forEach((value, point) => bytes.setFloat64(point * 8, value, true));
  return new Uint8Array(bytes.buffer);
}

/** The column that `packColumn` wrote. */
export function unpackColumn(packed: Uint8Array): Float64Array {
  const bytes = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const length = packed.byteLength / 8;
  return Float64Array.from({ length }, (_, point) => bytes.getFloat64(point * 8, true));
}

/** The curve that `packEquity` wrote. */
export function unpackEquity(packed: Uint8Array): {
  readonly time: Float64Array;
  readonly equity: Float64Array;
} {
  const length = packed.byteLength / pointBytes;
  const bytes = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const column = (from: number) =>
    Float64Array.from({ length }, (_, point) => bytes.getFloat64((from + point) * 8, true));
  return { time: column(0), equity: column(length) };
}
