import { orderNote } from '@nandax/core/exchange/fill-columns.ts';
import { FillKernel } from '@nandax/core/exchange/fill-kernel.ts';
import type { KernelTerms } from '@nandax/core/exchange/order-columns.ts';
import { changeableTermsOf, sameTerms, type ChangeableTerms } from '@nandax/core/order/order.ts';
import { isStop, type Product, type Side } from '@nandax/core/order/order-terms.ts';
import { Decimal } from 'decimal.js';
import type { BrokerExecution, BrokerOrder, BrokerOrderState } from '@nandax/app/ports/broker.ts';

/** What the broker keeps of an order: its own truth, which nobody else writes. */
export interface BookedOrder extends BrokerOrderState {
  readonly instrumentId: string;
  readonly product: Product;
  readonly side: Side;
}

export type ChangeAnswer =
  { readonly kind: 'ACCEPTED' } | { readonly kind: 'REJECTED'; readonly reason: string };

export type BrokerAnswer =
  | { readonly kind: 'ACCEPTED'; readonly brokerOrderId: string }
  | { readonly kind: 'REJECTED'; readonly reason: string };

/** Units from which on the broker has no margin for an order, and says so before taking it. */
export const refusedFrom = 900;
/** Units from which on the broker takes an order and rejects it afterwards, as brokers do. */
export const rejectedFrom = 800;
/** Units from which on a market order executes in two parts. */
const splitFrom = 100;

/** An instrument of the stand-in, with its tick size in rupees. */
export interface ListedInstrument {
  readonly id: string;
  readonly tickSize: number;
}

/**
 * The broker of the crash tests: it takes orders, changes and cancels, and matches with the exchange's
 * own kernel. Like a real broker it takes every order that arrives, so one that arrives twice is two
 * orders, unless `placesOnce` says that it knows its tags.
 */
export class StandInBroker {
  readonly #kernel: FillKernel;
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #book: BookedOrder[] = [];
  /** Place in the book by the kernel's number. */
  readonly #working = new Map<number, number>();
  /** The kernel's numbers by place in the book. */
  readonly #entered = new Map<number, readonly number[]>();
  readonly #listeners = new Set<(order: BookedOrder) => void>();
  /** Market time, epoch milliseconds. */
  #time: number;

  constructor(
    private readonly options: {
      readonly instruments: readonly ListedInstrument[];
      readonly placesOnce: boolean;
      readonly marketTime: number;
    },
  ) {
    const { instruments, marketTime } = options;
    this.#kernel = new FillKernel({ tickSizes: instruments.map(({ tickSize }) => tickSize) });
    this.#indexes = new Map(instruments.map(({ id }, index) => [id, index]));
    this.#time = marketTime;
  }

  /** Every order that it took, oldest first. */
  get book(): readonly BookedOrder[] {
    return this.#book;
  }

  /** Market time of the last tick, epoch milliseconds. */
  get time(): number {
    return this.#time;
  }

  /** Is told every change of an order, as it is then. */
  onChange(listener: (order: BookedOrder) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  place(order: BrokerOrder): BrokerAnswer {
    const quantity = order.quantity.toNumber();
    const instrument = this.#indexes.get(order.instrumentId);
    if (instrument === undefined) return { kind: 'REJECTED', reason: 'Unknown instrument.' };
    if (quantity >= refusedFrom) return { kind: 'REJECTED', reason: 'Insufficient funds.' };
    const known = this.find(order.clientOrderId);
    if (known !== null && this.options.placesOnce) {
      return { kind: 'ACCEPTED', brokerOrderId: known.brokerOrderId };
    }
    const place = this.#book.length;
    const rejected = quantity >= rejectedFrom;
    const { clientOrderId, instrumentId, product, side } = order;
    const booked: BookedOrder = {
      clientOrderId,
      brokerOrderId: `B${place + 1}`,
      status: rejected ? 'REJECTED' : isStop(order.type) ? 'TRIGGER_PENDING' : 'OPEN',
      statusMessage: rejected ? 'RMS:Margin exceeds' : null,
      terms: changeableTermsOf(order),
      revision: 0,
      executions: [],
      instrumentId,
      product,
      side,
    };
    this.#book.push(booked);
    if (!rejected) this.#enter(place, instrument, booked);
    this.#tell(booked);
    return { kind: 'ACCEPTED', brokerOrderId: booked.brokerOrderId };
  }

  /** Gives an order other terms, from the next tick on. */
  modify(brokerOrderId: string, terms: ChangeableTerms): ChangeAnswer {
    const place = this.#book.findIndex((order) => order.brokerOrderId === brokerOrderId);
    const order = this.#book[place];
    const entered = this.#entered.get(place) ?? [];
    const [number] = entered;
    if (order === undefined) return { kind: 'REJECTED', reason: 'Unknown order.' };
    if (sameTerms(order.terms, terms)) return { kind: 'ACCEPTED' };
    const left = terms.quantity.minus(filledOf(order));
    if (number === undefined || !isOpen(order) || !left.greaterThan(0)) {
      return { kind: 'REJECTED', reason: `Order is ${order.status}.` };
    }
    if (entered.length > 1) return { kind: 'REJECTED', reason: 'Order is being processed.' };
    this.#kernel.modify(number, kernelTermsOf(terms, left, order.status), this.#time);
    this.#change(place, { ...order, terms, revision: order.revision + 1 });
    return { kind: 'ACCEPTED' };
  }

  /** Takes back what has not executed. */
  cancel(brokerOrderId: string): ChangeAnswer {
    const place = this.#book.findIndex((order) => order.brokerOrderId === brokerOrderId);
    const order = this.#book[place];
    if (order === undefined) return { kind: 'REJECTED', reason: 'Unknown order.' };
    if (order.status === 'CANCELLED') return { kind: 'ACCEPTED' };
    if (!isOpen(order)) return { kind: 'REJECTED', reason: `Order is ${order.status}.` };
    for (const number of this.#entered.get(place) ?? []) this.#kernel.cancel(number);
    this.#change(place, { ...order, status: 'CANCELLED' });
    return { kind: 'ACCEPTED' };
  }

  /** An order by its tag, as the order book and the trade book show it. */
  find(clientOrderId: string): BookedOrder | null {
    return this.#book.find((order) => order.clientOrderId === clientOrderId) ?? null;
  }

  /** The market moves: `price` rupees of an instrument, a second after the last tick. */
  tick(instrumentId: string, price: number): void {
    const instrument = this.#indexes.get(instrumentId);
    if (instrument === undefined) throw new RangeError(`no instrument ${instrumentId}`);
    this.#time += 1_000;
    this.#kernel.matchTick(instrument, this.#time, price);
    const { fills, notes } = this.#kernel;
    for (let row = 0; row < notes.length; row += 1) {
      this.#note(notes.order[row] ?? -1, notes.note[row] ?? 0);
    }
    for (let row = 0; row < fills.length; row += 1) {
      this.#execute(fills.order[row] ?? -1, {
        quantity: new Decimal(fills.quantity[row] ?? NaN),
        price: new Decimal(fills.price[row] ?? NaN),
        executedAt: new Date(fills.time[row] ?? NaN),
      });
    }
    this.#kernel.clearFills();
  }

  /** Units held by instrument and product; none is flat. */
  positions(): ReadonlyMap<string, Decimal> {
    return positionsOf(this.#book);
  }

  /** A large market order goes in as two, the second a tick later: the first to trade is a partial fill. */
  #enter(place: number, instrument: number, { terms, side, status }: BookedOrder): void {
    const second =
      terms.type === 'MARKET' && terms.quantity.greaterThanOrEqualTo(splitFrom)
        ? terms.quantity.dividedToIntegerBy(3)
        : new Decimal(0);
    const enter = (quantity: Decimal, eligibleFrom: number): number => {
      const order = { ...kernelTermsOf(terms, quantity, status), instrument, eligibleFrom };
      const number = this.#kernel.addOrder({ ...order, side: side === 'BUY' ? 1 : -1 });
      this.#working.set(number, place);
      return number;
    };
    const first = enter(terms.quantity.minus(second), this.#time);
    this.#entered.set(
      place,
      second.isZero() ? [first] : [first, enter(second, this.#time + 2_000)],
    );
  }

  /** A stop that woke, or an order that lapsed. */
  #note(number: number, note: number): void {
    const { place, order } = this.#bookedAs(number);
    const status =
      note === orderNote.triggered ? 'OPEN' : note === orderNote.expired ? 'EXPIRED' : 'CANCELLED';
    this.#change(place, { ...order, status });
  }

  #execute(number: number, traded: Omit<BrokerExecution, 'tradeId'>): void {
    const { place, order } = this.#bookedAs(number);
    const tradeId = `${order.brokerOrderId}-${order.executions.length + 1}`;
    const after = { ...order, executions: [...order.executions, { ...traded, tradeId }] };
    const status = filledOf(after).equals(order.terms.quantity) ? 'COMPLETE' : order.status;
    this.#change(place, { ...after, status });
  }

  #bookedAs(number: number): { readonly place: number; readonly order: BookedOrder } {
    const place = this.#working.get(number) ?? -1;
    const order = this.#book[place];
    if (order === undefined) throw new Error(`the kernel names ${number}, which nobody entered`);
    return { place, order };
  }

  #change(place: number, after: BookedOrder): void {
    this.#book[place] = after;
    this.#tell(after);
  }

  #tell(order: BookedOrder): void {
    for (const listener of this.#listeners) listener(order);
  }
}

function isOpen({ status }: BookedOrder): boolean {
  return status === 'OPEN' || status === 'TRIGGER_PENDING';
}

/** Units of an order that have executed. */
export function filledOf({ executions }: BookedOrder): Decimal {
  return executions.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
}

/** What is left of terms, in the kernel's numbers; a stop that woke is an order like others. */
function kernelTermsOf(
  terms: ChangeableTerms,
  quantity: Decimal,
  status: BookedOrder['status'],
): KernelTerms {
  const woke = isStop(terms.type) && status === 'OPEN';
  return {
    type: woke ? (terms.type === 'SL' ? 'LIMIT' : 'MARKET') : terms.type,
    quantity: quantity.toNumber(),
    price: terms.price?.toNumber(),
    triggerPrice: woke ? undefined : terms.triggerPrice?.toNumber(),
    marketProtectionPercent: terms.marketProtectionPercent?.toNumber(),
    immediateOrCancel: terms.validity === 'IOC',
  };
}

/** Units held after a book's executions, by `instrument product`; negative when short. */
export function positionsOf(book: readonly BookedOrder[]): ReadonlyMap<string, Decimal> {
  const net = new Map<string, Decimal>();
  for (const { instrumentId, product, side, executions } of book) {
    for (const { quantity } of executions) {
      const key = `${instrumentId} ${product}`;
      const signed = side === 'BUY' ? quantity : quantity.negated();
      net.set(key, (net.get(key) ?? new Decimal(0)).plus(signed));
    }
  }
  return net;
}
