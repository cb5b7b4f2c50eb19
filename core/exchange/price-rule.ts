import { orderNote, type GrowingNotes } from './fill-columns.ts';
import type { WholeFillModel } from './fill-model.ts';
import type { InstrumentBook } from './instrument-book.ts';
import type { OrderColumns } from './order-columns.ts';
import { roundedPrice, type PrintKind } from './print.ts';

/** At what price an order fills at a print, if it does: the rules of docs/fill-model.md. */
export class PriceRule {
  #book: InstrumentBook | null = null;
  #time = NaN;
  #price = NaN;
  #bid = NaN;
  #ask = NaN;
  #kind: PrintKind = 'TICK';

  constructor(
    private readonly model: WholeFillModel,
    private readonly orders: OrderColumns,
    private readonly notes: GrowingNotes,
  ) {}

  /** Sets the print that the orders of a book meet next. */
  meet(
    book: InstrumentBook,
    time: number,
    price: number,
    bid: number,
    ask: number,
    kind: PrintKind,
  ): void {
    this.#book = book;
    this.#time = time;
    this.#price = price;
    this.#bid = bid;
    this.#ask = ask;
    this.#kind = kind;
  }

  /** Rupees at which the order fills; NaN where it does not. Wakes a stop whose trigger traded. */
  priceFor(order: number): number {
    if (this.#isCalled(order)) return this.#callPrice(order);
    const { waiting, rested, atMarket, trigger } = this.orders;
    let reference = NaN;
    if (waiting[order] === 1) {
      if (!this.#wakes(order)) return NaN;
      // A price that moved through the trigger was at it; after a jump there is only the new price.
      if (this.#kind === 'MOVE' && rested[order] === 1) reference = trigger[order] ?? NaN;
    } else if (atMarket[order] === 0 && rested[order] === 1 && this.#kind !== 'OPEN') {
      return this.#restingPrice(order);
    }
    return atMarket[order] === 1
      ? this.#marketPrice(order, reference)
      : this.#arrivingPrice(order, reference);
  }

  /** Whether the print is an auction's one price for the order. */
  #isCalled(order: number): boolean {
    if (this.#kind === 'CALL') return true;
    const { gathers, waiting } = this.orders;
    if (this.#kind !== 'OPEN' || gathers[order] === 0) return false;
    gathers[order] = 0;
    return waiting[order] === 0;
  }

  /** Whoever trades in an auction pays its price: no spread, no slippage; a stop waits. */
  #callPrice(order: number): number {
    const { atMarket, waiting, limit } = this.orders;
    const side = this.orders.side[order] ?? 0;
    if (waiting[order] === 1) return NaN;
    this.#protect(order);
    if (this.#isLocked(side)) return NaN;
    const distance = side * ((limit[order] ?? NaN) - this.#price);
    const trades = atMarket[order] === 1 ? distance >= 0 : this.#reaches(distance);
    return trades ? this.#price : NaN;
  }

  #wakes(order: number): boolean {
    const { side, trigger, waiting } = this.orders;
    if ((side[order] ?? 0) * (this.#price - (trigger[order] ?? NaN)) < 0) return false;
    waiting[order] = 0;
    this.notes.append(order, orderNote.triggered, this.#time);
    return true;
  }

  /** In the book already: whoever trades with it pays its limit. */
  #restingPrice(order: number): number {
    const side = this.orders.side[order] ?? 0;
    const limit = this.orders.limit[order] ?? NaN;
    const quote = side === 1 ? this.#ask : this.#bid;
    const crossed = side * (limit - quote) >= 0;
    return (crossed || this.#reaches(side * (limit - this.#price))) && !this.#isLocked(side)
      ? limit
      : NaN;
  }

  /** New in the book: it takes what is offered, where that is no worse than its limit. */
  #arrivingPrice(order: number, reference: number): number {
    const side = this.orders.side[order] ?? 0;
    const limit = this.orders.limit[order] ?? NaN;
    if (this.#isLocked(side)) return NaN;
    const quote = this.#quote(side, reference);
    const distance = side * (limit - quote);
    const isQuoted = !isNaN(side === 1 ? this.#ask : this.#bid) && isNaN(reference);
    return (isQuoted ? distance >= 0 : this.#reaches(distance)) ? quote : NaN;
  }

  #marketPrice(order: number, reference: number): number {
    const side = this.orders.side[order] ?? 0;
    this.#protect(order);
    const limit = this.orders.limit[order] ?? NaN;
    if (this.#waited(order, side, limit) && isNaN(reference)) return this.#restingPrice(order);
    if (this.#isLocked(side)) return NaN;
    const price = this.#within(this.#quote(side, reference), side * this.model.slippageTicks);
    return side * (limit - price) >= 0 ? price : NaN;
  }

  /** At its protection and beyond it waits as a limit order, and whom the price brings back trades with it. */
  #waited(order: number, side: number, limit: number): boolean {
    if (this.orders.rested[order] === 0 || this.#kind === 'OPEN' || this.#book === null)
      return false;
    return side * (this.#book.lastPrice - limit) >= 0;
  }

  /** Where no last price was known when the order came, its protection is from the first it meets. */
  #protect(order: number): void {
    if (isNaN(this.orders.protection[order] ?? NaN) || this.#book === null) return;
    this.orders.protect(order, this.#price, this.#book.tickSize);
  }

  /** What the other side offers: its quote, or half a spread beyond the last (or given) price. */
  #quote(side: number, reference: number): number {
    const quoted = side === 1 ? this.#ask : this.#bid;
    if (!isNaN(quoted) && isNaN(reference)) return quoted;
    const price = isNaN(reference) ? this.#price : reference;
    return this.#within(price, (side * this.model.spreadTicks) / 2);
  }

  /** The price moved by `ticks`, never below one tick nor outside the day's band. */
  #within(price: number, ticks: number): number {
    if (ticks === 0 || this.#book === null) return price;
    const { tickSize, lowerBand, upperBand } = this.#book;
    const moved = roundedPrice(price + ticks * tickSize);
    return Math.min(Math.max(moved, tickSize, lowerBand), upperBand);
  }

  #reaches(distance: number): boolean {
    return this.model.limitFill === 'TOUCH' ? distance >= 0 : distance > 0;
  }

  /** At its band nobody stands on the other side. */
  #isLocked(side: number): boolean {
    if (this.#book === null) return false;
    const { lowerBand, upperBand } = this.#book;
    return side === 1 ? this.#price >= upperBand : this.#price <= lowerBand;
  }
}
