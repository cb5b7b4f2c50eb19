import { none, type OrderColumns } from './order-columns.ts';

/**
 * The working orders of one instrument, oldest first, and the range of prices in which none of them
 * can do anything, so that most ticks cost one comparison.
 */
export class InstrumentBook {
  oldest = none;
  lowerBand = 0;
  upperBand = Infinity;
  /** Rupees of the last print that went by; NaN: there was none. While one is matched, of that before it. */
  lastPrice = NaN;
  #newest = none;
  #quietAbove = Infinity;
  #quietBelow = -Infinity;
  #quietUntil = -Infinity;

  constructor(
    private readonly orders: OrderColumns,
    readonly tickSize: number,
    readonly lotSize: number,
  ) {}

  /** Hears of prices (rupees) that traded: beyond a band, they show that it was moved. */
  heed(highest: number, lowest: number): void {
    if (highest > this.upperBand) this.upperBand = Infinity;
    if (lowest < this.lowerBand) this.lowerBand = 0;
  }

  /** Puts an order behind all others. */
  link(order: number): void {
    const { next, previous, eligibleFrom } = this.orders;
    next[order] = none;
    previous[order] = this.#newest;
    if (this.#newest === none) {
      this.oldest = order;
      this.beginScan();
    } else next[this.#newest] = order;
    this.#newest = order;
    this.staysUntil(eligibleFrom[order] ?? Infinity);
  }

  unlink(order: number): void {
    const { next, previous } = this.orders;
    const [before, after] = [previous[order] ?? none, next[order] ?? none];
    if (before === none) this.oldest = after;
    else next[before] = after;
    if (after === none) this.#newest = before;
    else previous[after] = before;
  }

  /**
   * Whether prices up to `highest` and down to `lowest` (rupees; trades and quotes) until `time`
   * (epoch ms, inclusive) leave every order as it is.
   */
  isQuiet(time: number, highest: number, lowest: number): boolean {
    return time < this.#quietUntil && highest < this.#quietAbove && lowest > this.#quietBelow;
  }

  /** Forgets the quiet range; every order that stays narrows it anew. */
  beginScan(): void {
    this.#quietAbove = Infinity;
    this.#quietBelow = -Infinity;
    this.#quietUntil = Infinity;
  }

  /** An order that waits for a time (epoch ms). */
  staysUntil(time: number): void {
    this.#quietUntil = Math.min(this.#quietUntil, time);
  }

  /** An order that waits for a price: its limit, or its trigger price. */
  stays(order: number): void {
    const { waiting, atMarket, limit, trigger, side, expiresAt } = this.orders;
    this.staysUntil(expiresAt[order] ?? Infinity);
    const waits = waiting[order] === 1;
    if (!waits && atMarket[order] === 1) {
      this.#quietUntil = -Infinity;
      return;
    }
    // A stop to buy and a limit to sell wait for a rise.
    const price = (waits ? trigger : limit)[order] ?? NaN;
    if (waits === (side[order] === 1)) this.#quietAbove = Math.min(this.#quietAbove, price);
    else this.#quietBelow = Math.max(this.#quietBelow, price);
  }
}
