import { pathOfCandle } from '../market/bar-path.ts';
import type { Candle } from '../market/candles.ts';
import { GrowingFills, GrowingNotes, orderNote } from './fill-columns.ts';
import type { FillColumns, OrderNoteColumns } from './fill-columns.ts';
import { wholeModelOf, type FillModel, type WholeFillModel } from './fill-model.ts';
import { InstrumentBook } from './instrument-book.ts';
import { checkTerms, none, OrderColumns } from './order-columns.ts';
import type { KernelOrder, KernelTerms, SideSign } from './order-columns.ts';
import { PriceRule } from './price-rule.ts';
import type { PrintDetails } from './print.ts';

/** How a kernel is set up. */
export interface FillKernelOptions extends FillModel {
  /** Tick size in rupees of every instrument; the position in the list is the instrument index. */
  readonly tickSizes: readonly number[];
}

/** Keeps a share of a volume whole where binary fractions fall a hair short of it. */
const hair = 1e-9;

/**
 * The matching of working orders against ticks and bars, for backtest and paper broker alike;
 * docs/fill-model.md states its rules.
 *
 * Orders of one instrument meet a price in the order they came. Order indexes count up from 0 and are
 * not reused before `clearOrders`: make one kernel for a run or a session. A wrong index, quantity, price or tick size
 * is the caller's bug and throws.
 */
export class FillKernel {
  readonly #model: WholeFillModel;
  readonly #orders = new OrderColumns();
  readonly #fills = new GrowingFills();
  readonly #notes = new GrowingNotes();
  readonly #books: InstrumentBook[] = [];
  readonly #prices: PriceRule;
  #workingCount = 0;

  constructor(options: FillKernelOptions) {
    this.#model = wholeModelOf(options);
    this.#prices = new PriceRule(this.#model, this.#orders, this.#notes);
    for (const tickSize of options.tickSizes) this.addInstrument(tickSize);
  }

  /** All fills so far, oldest first, up to the last `clearFills`. */
  get fills(): FillColumns {
    return this.#fills;
  }

  /** Triggers and ends so far, oldest first, up to the last `clearFills`. */
  get notes(): OrderNoteColumns {
    return this.#notes;
  }

  /** How many orders still wait. */
  get workingCount(): number {
    return this.#workingCount;
  }

  /**
   * Makes one more instrument known (a live feed's list grows) and returns its index. Orders that
   * the volume divides fill in multiples of `lotSize` units.
   */
  addInstrument(tickSize: number, lotSize = 1): number {
    if (!(tickSize > 0)) throw new RangeError(`tick size is ${tickSize}`);
    if (!(lotSize > 0)) throw new RangeError(`lot size is ${lotSize}`);
    return this.#books.push(new InstrumentBook(this.#orders, tickSize, lotSize)) - 1;
  }

  /**
   * Sets the prices (rupees) within which the instrument trades today. At the upper one nobody sells
   * to us, at the lower one nobody buys from us, and no fill lies outside. A print beyond one shows
   * that the exchange moved it: from then on it holds nothing back.
   */
  setPriceBand(instrument: number, lower: number, upper: number): void {
    if (!(lower > 0 && lower <= upper)) throw new RangeError(`price band is ${lower} to ${upper}`);
    const book = this.#book(instrument);
    book.lowerBand = lower;
    book.upperBand = upper;
  }

  /** Hears of the highest, the lowest and the last of prices (rupees) that meet no orders. */
  heed(instrument: number, highest: number, lowest: number, last: number): void {
    const book = this.#book(instrument);
    book.heed(highest, lowest);
    book.lastPrice = last;
  }

  /** Takes the band away: what it is today is not known. */
  clearPriceBand(instrument: number): void {
    const book = this.#book(instrument);
    book.lowerBand = 0;
    book.upperBand = Infinity;
  }

  /** The band as prints left it; 0 and infinite where nothing holds prices back. */
  priceBand(instrument: number): { readonly lower: number; readonly upper: number } {
    const { lowerBand, upperBand } = this.#book(instrument);
    return { lower: lowerBand, upper: upperBand };
  }

  /** Adds an order and returns its index. */
  addOrder(order: KernelOrder): number {
    checkTerms(order);
    const book = this.#book(order.instrument);
    const row = this.#orders.append(order, order.eligibleFrom + this.#model.latencyMs);
    this.#orders.protect(row, book.lastPrice, book.tickSize);
    return this.#work(book, row);
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
    if (!(quantity > 0)) throw new RangeError(`quantity is ${quantity}`);
    const book = this.#book(instrument);
    const from = eligibleFrom + this.#model.latencyMs;
    return this.#work(book, this.#orders.appendMarket(instrument, side, quantity, from));
  }

  /** Units of the order that are neither filled nor cancelled. */
  remaining(order: number): number {
    if (!(order >= 0 && order < this.#orders.count)) throw new RangeError(`no order ${order}`);
    return this.#orders.remaining[order] ?? 0;
  }

  /** Rupees that the order's market protection was set to; NaN where it has none, or knows no price. */
  protectionLimit(order: number): number {
    const { atMarket, limit } = this.#orders;
    const set = limit[order] ?? NaN;
    return atMarket[order] === 1 && isFinite(set) ? set : NaN;
  }

  /**
   * Replaces the terms of a working order from `from` (epoch milliseconds, before latency) on; false
   * where it had already gone. Only an order that asks for fewer units of the same keeps its place
   * and goes on at once; any other meets the market anew, behind those that wait.
   */
  modify(order: number, terms: KernelTerms, from: number): boolean {
    checkTerms(terms);
    const remaining = this.remaining(order);
    if (remaining === 0) return false;
    const orders = this.#orders;
    const book = this.#book(orders.instrument[order] ?? none);
    const before = orders.termsOf(order);
    if (terms.quantity <= remaining && sameButQuantity(before, terms)) {
      orders.remaining[order] = terms.quantity;
      return true;
    }
    book.unlink(order);
    orders.write(order, terms, from + this.#model.latencyMs);
    orders.protect(order, book.lastPrice, book.tickSize);
    orders.rested[order] = 0;
    book.link(order);
    return true;
  }

  /** Takes the order out of the book and returns the units cancelled: 0 if it had already gone. */
  cancel(order: number): number {
    const cancelled = this.remaining(order);
    if (cancelled > 0) this.#remove(this.#book(this.#orders.instrument[order] ?? none), order);
    return cancelled;
  }

  /**
   * Lets a print (instrument index, epoch milliseconds, rupees) meet the instrument's working
   * orders, appends to `fills` and `notes` and returns how many fills there were.
   */
  matchTick(instrument: number, time: number, price: number, details: PrintDetails = {}): number {
    const book = this.#book(instrument);
    book.heed(price, price);
    const matched = book.oldest === none ? 0 : this.#meet(book, time, price, details);
    book.lastPrice = price;
    return matched;
  }

  /**
   * Lets a minute candle (instrument index, prices in rupees, volume in units or NaN) meet the
   * orders, on the path that `pathOfCandle` documents; returns how many fills there were.
   */
  matchBar(instrument: number, candle: Candle): number {
    const book = this.#book(instrument);
    book.heed(candle.high, candle.low);
    const path = book.oldest === none ? null : pathOfCandle(instrument, candle, 0);
    if (path === null || book.isQuiet(path[3].time, candle.high, candle.low)) {
      book.lastPrice = candle.close;
      return 0;
    }
    let matched = 0;
    let traded = 0;
    for (const { time, price, volume } of path) {
      const details: PrintDetails = {
        kind: time === candle.openTime ? 'OPEN' : 'MOVE',
        volume: volume === null ? NaN : volume - traded,
      };
      matched += this.matchTick(instrument, time, price, details);
      traded = volume ?? 0;
    }
    return matched;
  }

  /**
   * Forgets all orders, whose indexes begin at 0 again. @throws Error where one still works: the
   * caller's bug.
   */
  clearOrders(): void {
    if (this.#workingCount > 0) throw new Error(`${this.#workingCount} orders still work`);
    this.#orders.count = 0;
  }

  /** Forgets the fills and notes read so far; the columns are used again. */
  clearFills(): void {
    this.#fills.length = 0;
    this.#notes.length = 0;
  }

  #work(book: InstrumentBook, order: number): number {
    book.link(order);
    this.#workingCount += 1;
    return order;
  }

  #meet(book: InstrumentBook, time: number, price: number, details: PrintDetails): number {
    const { bid = NaN, ask = NaN, volume = NaN } = details;
    if (book.isQuiet(time, Math.max(price, bid || 0), Math.min(price, ask || Infinity))) return 0;
    this.#prices.meet(book, time, price, bid, ask, details.kind ?? 'TICK');
    return this.#match(book, time, this.#allowance(book, volume));
  }

  #match(book: InstrumentBook, time: number, allowance: number): number {
    const orders = this.#orders;
    let left = allowance;
    let matched = 0;
    book.beginScan();
    for (let order = book.oldest; order !== none;) {
      const next: number = orders.next[order] ?? none;
      if ((orders.eligibleFrom[order] ?? Infinity) > time) {
        book.staysUntil(orders.eligibleFrom[order] ?? Infinity);
      } else if ((orders.expiresAt[order] ?? Infinity) <= time) {
        this.#end(book, order, orderNote.expired, time);
      } else {
        const units = this.#fill(order, time, left);
        left -= units;
        if (units > 0) matched += 1;
        this.#settle(book, order, time);
      }
      order = next;
    }
    return matched;
  }

  /** Fills what price and allowance let through and returns the units. */
  #fill(order: number, time: number, allowance: number): number {
    const orders = this.#orders;
    const price = this.#prices.priceFor(order);
    orders.rested[order] = 1;
    const units = isNaN(price) ? 0 : Math.min(orders.remaining[order] ?? 0, allowance);
    if (units === 0) return 0;
    this.#fills.append(order, units, price, time);
    orders.remaining[order] = (orders.remaining[order] ?? 0) - units;
    return units;
  }

  #settle(book: InstrumentBook, order: number, time: number): void {
    const orders = this.#orders;
    if (orders.remaining[order] === 0) this.#remove(book, order);
    else if (orders.immediate[order] === 1 && orders.waiting[order] === 0) {
      this.#end(book, order, orderNote.immediateRestCancelled, time);
    } else book.stays(order);
  }

  #allowance(book: InstrumentBook, volume: number): number {
    const { participation } = this.#model;
    if (participation === null || isNaN(volume)) return Infinity;
    return Math.floor((participation * volume) / book.lotSize + hair) * book.lotSize;
  }

  #end(book: InstrumentBook, order: number, note: number, time: number): void {
    this.#notes.append(order, note, time);
    this.#remove(book, order);
  }

  #remove(book: InstrumentBook, order: number): void {
    book.unlink(order);
    this.#orders.remaining[order] = 0;
    this.#workingCount -= 1;
  }

  #book(instrument: number): InstrumentBook {
    const book = this.#books[instrument];
    if (book === undefined) throw new RangeError(`no instrument ${instrument}`);
    return book;
  }
}

function sameButQuantity(one: KernelTerms, other: KernelTerms): boolean {
  return (
    one.type === other.type &&
    one.price === other.price &&
    one.triggerPrice === other.triggerPrice &&
    one.marketProtectionPercent === other.marketProtectionPercent &&
    (one.immediateOrCancel ?? false) === (other.immediateOrCancel ?? false) &&
    one.expiresAt === other.expiresAt
  );
}
