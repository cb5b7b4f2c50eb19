import { isStop, type OrderType } from '../order/order-terms.ts';
import { firstCapacity, grown } from './fill-columns.ts';
import { protectionLimitOf } from './market-protection.ts';

/** `1` buys, `-1` sells: the sign of the position change and of the slippage. */
export type SideSign = 1 | -1;

/** The terms of an order that can be changed while it works. */
export interface KernelTerms {
  readonly type: OrderType;
  /** Units that may still fill, positive. */
  readonly quantity: number;
  /** Limit in rupees of LIMIT and SL orders. */
  readonly price?: number | undefined;
  /** Rupees at which SL and SL_M orders wake. */
  readonly triggerPrice?: number | undefined;
  /** Percent of the last price (of an SL_M, its trigger price) beyond which it does not fill. */
  readonly marketProtectionPercent?: number | undefined;
  /** Rupees that this was set to already; left out: the kernel sets it by the last price it knows. */
  readonly protectionLimit?: number | undefined;
  /** Whether what does not fill at the first tick it meets is cancelled. */
  readonly immediateOrCancel?: boolean;
  /** Epoch milliseconds from which on it no longer fills. */
  readonly expiresAt?: number | undefined;
}

/** An order as the kernel takes it. */
export interface KernelOrder extends KernelTerms {
  readonly instrument: number;
  readonly side: SideSign;
  /** Epoch milliseconds of the first tick that it may meet, before the model's latency. */
  readonly eligibleFrom: number;
  /** Whether it has met ticks before (an order that is taken up after a restart). */
  readonly rested?: boolean;
  /** Whether its trigger price has traded before. */
  readonly triggered?: boolean;
  /** Whether it gathers for the next OPEN print, the one price of an opening auction. */
  readonly gathers?: boolean;
}

/** No order: the end of a list. */
export const none = -1;

/**
 * The orders of a kernel as columns; the row is the order's index and lasts until
 * all are cleared. Rows are not checked here.
 */
export class OrderColumns {
  count = 0;
  instrument = new Int32Array(firstCapacity);
  side = new Int8Array(firstCapacity);
  /** 1: takes whatever price there is; 0: has a limit. */
  atMarket = new Int8Array(firstCapacity);
  /** 1: a stop whose trigger price has not traded. */
  waiting = new Int8Array(firstCapacity);
  /** 1: has met a tick. */
  rested = new Int8Array(firstCapacity);
  immediate = new Int8Array(firstCapacity);
  /** 1: the next OPEN print is an auction's price for it. */
  gathers = new Int8Array(firstCapacity);
  remaining = new Float64Array(firstCapacity);
  /** Rupees beyond which it never fills; infinite where nothing limits it. */
  limit = new Float64Array(firstCapacity);
  /** Rupees; NaN where it is no stop. */
  trigger = new Float64Array(firstCapacity);
  /** Percent; NaN where the order has none. */
  protection = new Float64Array(firstCapacity);
  eligibleFrom = new Float64Array(firstCapacity);
  expiresAt = new Float64Array(firstCapacity);
  /** Orders of one instrument are a list, oldest first. */
  next = new Int32Array(firstCapacity);
  previous = new Int32Array(firstCapacity);

  /** Writes a new row and returns its index. */
  append(order: KernelOrder, eligibleFrom: number): number {
    const row = this.count;
    if (row === this.instrument.length) this.#grow(row * 2);
    this.instrument[row] = order.instrument;
    this.side[row] = order.side;
    this.rested[row] = order.rested === true ? 1 : 0;
    this.gathers[row] = order.gathers === true ? 1 : 0;
    this.write(row, order, eligibleFrom);
    if (order.triggered === true) this.waiting[row] = 0;
    this.count = row + 1;
    return row;
  }

  /** As `append` does with a plain market order: most of them are, and need no object each. */
  appendMarket(instrument: number, side: SideSign, quantity: number, eligibleFrom: number): number {
    const row = this.count;
    if (row === this.instrument.length) this.#grow(row * 2);
    this.instrument[row] = instrument;
    this.side[row] = side;
    this.atMarket[row] = 1;
    this.waiting[row] = 0;
    this.rested[row] = 0;
    this.immediate[row] = 0;
    this.gathers[row] = 0;
    this.remaining[row] = quantity;
    this.limit[row] = side * Infinity;
    this.trigger[row] = NaN;
    this.protection[row] = NaN;
    this.eligibleFrom[row] = eligibleFrom;
    this.expiresAt[row] = Infinity;
    this.count = row + 1;
    return row;
  }

  /** Replaces the terms of a row; a stop that was triggered stays so. */
  write(row: number, terms: KernelTerms, eligibleFrom: number): void {
    const { type } = terms;
    const atMarket = type === 'MARKET' || type === 'SL_M';
    const wasTriggered = row < this.count && !isNaN(this.trigger[row] ?? NaN) && !this.waiting[row];
    this.atMarket[row] = atMarket ? 1 : 0;
    this.waiting[row] = isStop(type) && !wasTriggered ? 1 : 0;
    this.immediate[row] = terms.immediateOrCancel === true ? 1 : 0;
    this.remaining[row] = terms.quantity;
    const unlimited = (this.side[row] ?? 0) * Infinity;
    this.limit[row] = atMarket ? (terms.protectionLimit ?? unlimited) : (terms.price ?? NaN);
    this.trigger[row] = isStop(type) ? (terms.triggerPrice ?? NaN) : NaN;
    this.protection[row] = atMarket ? (terms.marketProtectionPercent ?? NaN) : NaN;
    this.eligibleFrom[row] = eligibleFrom;
    this.expiresAt[row] = terms.expiresAt ?? Infinity;
  }

  /**
   * Sets the limit of an order at market that has a protection and no limit yet: by its trigger price,
   * else by `price` (rupees), where that is known.
   */
  protect(row: number, price: number, tickSize: number): void {
    const percent = this.protection[row] ?? NaN;
    if (isNaN(percent) || isFinite(this.limit[row] ?? NaN)) return;
    const trigger = this.trigger[row] ?? NaN;
    const reference = isNaN(trigger) ? price : trigger;
    if (isNaN(reference)) return;
    const side = this.side[row] === 1 ? 1 : -1;
    this.limit[row] = protectionLimitOf(side, percent, reference, tickSize);
  }

  /** The terms of a row as they are now. */
  termsOf(row: number): KernelTerms {
    const [trigger, expiresAt] = [this.trigger[row] ?? NaN, this.expiresAt[row] ?? Infinity];
    const isStopOrder = !isNaN(trigger);
    const atMarket = this.atMarket[row] === 1;
    return {
      type: atMarket ? (isStopOrder ? 'SL_M' : 'MARKET') : isStopOrder ? 'SL' : 'LIMIT',
      quantity: this.remaining[row] ?? 0,
      price: atMarket ? undefined : this.limit[row],
      triggerPrice: isStopOrder ? trigger : undefined,
      marketProtectionPercent: isNaN(this.protection[row] ?? NaN)
        ? undefined
        : this.protection[row],
      immediateOrCancel: this.immediate[row] === 1,
      expiresAt: expiresAt === Infinity ? undefined : expiresAt,
    };
  }

  #grow(capacity: number): void {
    this.instrument = grown(this.instrument, capacity);
    this.side = grown(this.side, capacity);
    this.atMarket = grown(this.atMarket, capacity);
    this.waiting = grown(this.waiting, capacity);
    this.rested = grown(this.rested, capacity);
    this.immediate = grown(this.immediate, capacity);
    this.gathers = grown(this.gathers, capacity);
    this.remaining = grown(this.remaining, capacity);
    this.limit = grown(this.limit, capacity);
    this.trigger = grown(this.trigger, capacity);
    this.protection = grown(this.protection, capacity);
    this.eligibleFrom = grown(this.eligibleFrom, capacity);
    this.expiresAt = grown(this.expiresAt, capacity);
    this.next = grown(this.next, capacity);
    this.previous = grown(this.previous, capacity);
  }
}

/** @throws RangeError where terms lack what their type needs: the caller's bug. */
export function checkTerms({ type, quantity, price, triggerPrice }: KernelTerms): void {
  if (!(quantity > 0)) throw new RangeError(`quantity is ${quantity}`);
  const limited = type === 'LIMIT' || type === 'SL';
  if (limited && !((price ?? NaN) > 0)) throw new RangeError(`price is ${price}`);
  if (isStop(type) && !((triggerPrice ?? NaN) > 0)) {
    throw new RangeError(`trigger price is ${triggerPrice}`);
  }
}
