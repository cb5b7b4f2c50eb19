/** Rows that a new column has room for. */
export const firstCapacity = 64;

/** A copy of the column with room for `capacity` rows. */
export function grown<T extends Int8Array | Int32Array | Float64Array>(
  column: T,
  capacity: number,
): T {
  const larger = new (column.constructor as new (length: number) => T)(capacity);
  larger.set(column);
  return larger;
}

/**
 * Fills in the order they happened, as columns; only the first `length` rows are filled.
 * A column is replaced when it grows: read it through the kernel, do not keep it over a match.
 */
export interface FillColumns {
  readonly length: number;
  /** Index the kernel gave the order. */
  readonly order: Int32Array;
  /** Units, always positive. */
  readonly quantity: Float64Array;
  /** Rupees a unit. */
  readonly price: Float64Array;
  /** Epoch milliseconds of the tick that filled. */
  readonly time: Float64Array;
}

/** What else happens to an order in the kernel, as numbers in `OrderNoteColumns.note`. */
export const orderNote = {
  /** Its trigger price traded: the stop is an order of the book now. */
  triggered: 1,
  /** What an immediate order could not fill was taken out. */
  immediateRestCancelled: 2,
  /** Its time ran out. */
  expired: 3,
} as const;

/** What happened beside the fills, in order; read as `FillColumns` are. */
export interface OrderNoteColumns {
  readonly length: number;
  readonly order: Int32Array;
  /** A value of `orderNote`. */
  readonly note: Int8Array;
  /** Epoch milliseconds of the tick that brought it. */
  readonly time: Float64Array;
}

/** Fills that are being written. */
export class GrowingFills implements FillColumns {
  length = 0;
  order = new Int32Array(firstCapacity);
  quantity = new Float64Array(firstCapacity);
  price = new Float64Array(firstCapacity);
  time = new Float64Array(firstCapacity);

  append(order: number, quantity: number, price: number, time: number): void {
    const row = this.length;
    if (row === this.order.length) {
      const capacity = row * 2;
      this.order = grown(this.order, capacity);
      this.quantity = grown(this.quantity, capacity);
      this.price = grown(this.price, capacity);
      this.time = grown(this.time, capacity);
    }
    this.order[row] = order;
    this.quantity[row] = quantity;
    this.price[row] = price;
    this.time[row] = time;
    this.length = row + 1;
  }
}

/** Notes that are being written. */
export class GrowingNotes implements OrderNoteColumns {
  length = 0;
  order = new Int32Array(firstCapacity);
  note = new Int8Array(firstCapacity);
  time = new Float64Array(firstCapacity);

  append(order: number, note: number, time: number): void {
    const row = this.length;
    if (row === this.order.length) {
      const capacity = row * 2;
      this.order = grown(this.order, capacity);
      this.note = grown(this.note, capacity);
      this.time = grown(this.time, capacity);
    }
    this.order[row] = order;
    this.note[row] = note;
    this.time[row] = time;
    this.length = row + 1;
  }
}
