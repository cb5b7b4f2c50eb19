/** `1` buys, `-1` sells: the sign of the position change and of the slippage. */
export type SideSign = 1 | -1;

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

/** How a kernel is set up. */
export interface FillKernelOptions {
  /** Tick size in rupees of every instrument; the position in the list is the instrument index. */
  readonly tickSizes: readonly number[];
  /** Ticks a market order pays on top of (or receives below) the tick's price. Default 0. */
  readonly slippageTicks?: number;
}

const none = -1;
const firstCapacity = 64;
/** Prices carry four decimals; slippage is rounded to them, as binary fractions drift. */
const priceScale = 10_000;

function grown<T extends Int8Array | Int32Array | Float64Array>(column: T, capacity: number): T {
  const larger = new (column.constructor as new (length: number) => T)(capacity);
  larger.set(column);
  return larger;
}

class GrowingFills implements FillColumns {
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

/**
 * The matching of working orders against ticks, for backtest and paper broker alike.
 *
 * Market orders fill in full at the first tick of their instrument at or after their eligible
 * time, at the tick's price and `slippageTicks` against the trader; a sale never slips below one
 * tick size. Orders of one instrument fill in the order they were added. Order indexes count up
 * from 0 and are never reused: make one kernel for a run or a session. A wrong index, quantity or
 * tick size is the caller's bug and throws.
 */
export class FillKernel {
  readonly #slippageTicks: number;
  readonly #fills = new GrowingFills();
  readonly #tickSizes: number[] = [];

  #orderCount = 0;
  #workingCount = 0;
  #instrument = new Int32Array(firstCapacity);
  #side = new Int8Array(firstCapacity);
  #remaining = new Float64Array(firstCapacity);
  #eligibleFrom = new Float64Array(firstCapacity);

  // The working orders of an instrument are a list through `#next`, oldest first, so that a tick
  // of an instrument without orders costs one read.
  #next = new Int32Array(firstCapacity);
  readonly #oldest: number[] = [];
  readonly #newest: number[] = [];

  constructor(options: FillKernelOptions) {
    const { tickSizes, slippageTicks = 0 } = options;
    if (!(slippageTicks >= 0)) throw new RangeError(`slippageTicks is ${slippageTicks}`);
    this.#slippageTicks = slippageTicks;
    for (const tickSize of tickSizes) this.addInstrument(tickSize);
  }

  /** All fills so far, oldest first, up to the last `clearFills`. */
  get fills(): FillColumns {
    return this.#fills;
  }

  /** How many orders still wait. */
  get workingCount(): number {
    return this.#workingCount;
  }

  /** Makes one more instrument known (a live feed's list grows) and returns its index. */
  addInstrument(tickSize: number): number {
    if (!(tickSize > 0)) throw new RangeError(`tick size is ${tickSize}`);
    this.#oldest.push(none);
    this.#newest.push(none);
    return this.#tickSizes.push(tickSize) - 1;
  }

  /**
   * Adds a market order over `quantity` units that ticks from `eligibleFrom` (epoch
   * milliseconds, inclusive) may fill, and returns its index.
   */
  addMarketOrder(
    instrument: number,
    side: SideSign,
    quantity: number,
    eligibleFrom: number,
  ): number {
    const newest = this.#newest[instrument];
    if (newest === undefined) throw new RangeError(`no instrument ${instrument}`);
    if (!(quantity > 0)) throw new RangeError(`quantity is ${quantity}`);

    const order = this.#orderCount;
    if (order === this.#instrument.length) this.#growOrders(order * 2);
    this.#instrument[order] = instrument;
    this.#side[order] = side;
    this.#remaining[order] = quantity;
    this.#eligibleFrom[order] = eligibleFrom;
    this.#next[order] = none;
    if (newest === none) this.#oldest[instrument] = order;
    else this.#next[newest] = order;
    this.#newest[instrument] = order;
    this.#orderCount = order + 1;
    this.#workingCount += 1;
    return order;
  }

  /** Units of the order that are neither filled nor cancelled. */
  remaining(order: number): number {
    const remaining = this.#remaining[order];
    if (remaining === undefined || order >= this.#orderCount) {
      throw new RangeError(`no order ${order}`);
    }
    return remaining;
  }

  /** Takes the order out of the book and returns the units cancelled: 0 if it had already gone. */
  cancel(order: number): number {
    const cancelled = this.remaining(order);
    if (cancelled === 0) return 0;
    const instrument = this.#instrument[order] ?? none;
    let previous = none;
    let current = this.#oldest[instrument] ?? none;
    while (current !== order) {
      previous = current;
      current = this.#next[current] ?? none;
    }
    this.#unlink(instrument, previous, order);
    return cancelled;
  }

  /**
   * Lets a tick (instrument index, epoch milliseconds, rupees) meet the instrument's working
   * orders, appends the fills to `fills` and returns how many there were.
   */
  matchTick(instrument: number, time: number, price: number): number {
    let order = this.#oldest[instrument];
    if (order === undefined) throw new RangeError(`no instrument ${instrument}`);
    let matched = 0;
    let previous = none;
    while (order !== none) {
      const next: number = this.#next[order] ?? none;
      if ((this.#eligibleFrom[order] ?? Infinity) <= time) {
        const fillPrice = this.#slipped(instrument, this.#side[order] ?? 0, price);
        this.#fills.append(order, this.#remaining[order] ?? 0, fillPrice, time);
        this.#unlink(instrument, previous, order);
        matched += 1;
      } else {
        previous = order;
      }
      order = next;
    }
    return matched;
  }

  /** Forgets the fills read so far; the columns are used again. */
  clearFills(): void {
    this.#fills.length = 0;
  }

  #slipped(instrument: number, side: number, price: number): number {
    if (this.#slippageTicks === 0) return price;
    const tickSize = this.#tickSizes[instrument] ?? 0;
    const slipped = price + side * this.#slippageTicks * tickSize;
    return Math.max(Math.round(slipped * priceScale) / priceScale, tickSize);
  }

  #unlink(instrument: number, previous: number, order: number): void {
    const next = this.#next[order] ?? none;
    if (previous === none) this.#oldest[instrument] = next;
    else this.#next[previous] = next;
    if (next === none) this.#newest[instrument] = previous;
    this.#remaining[order] = 0;
    this.#workingCount -= 1;
  }

  #growOrders(capacity: number): void {
    this.#instrument = grown(this.#instrument, capacity);
    this.#side = grown(this.#side, capacity);
    this.#remaining = grown(this.#remaining, capacity);
    this.#eligibleFrom = grown(this.#eligibleFrom, capacity);
    this.#next = grown(this.#next, capacity);
  }
}
