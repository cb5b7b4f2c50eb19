import { FillKernel } from '@nandax/core/exchange/fill-kernel.ts';
import { changeableTermsOf } from '@nandax/core/order/order.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import { Decimal } from 'decimal.js';
import type { BrokerExecution, BrokerOrder, BrokerOrderState } from '@nandax/app/ports/broker.ts';

/** What the broker keeps of an order: its own truth, which nobody else writes. */
export interface BookedOrder extends BrokerOrderState {
  readonly instrumentId: string;
  readonly product: Product;
  readonly side: Side;
  readonly quantity: Decimal;
}

export type BrokerAnswer =
  | { readonly kind: 'ACCEPTED'; readonly brokerOrderId: string }
  | { readonly kind: 'REJECTED'; readonly reason: string };

/** Units from which on the broker has no margin for an order, and says so before taking it. */
export const refusedFrom = 900;
/** Units from which on the broker takes an order and rejects it afterwards, as brokers do. */
export const rejectedFrom = 800;
/** Units from which on an order executes in two parts. */
const splitFrom = 100;

/** An instrument of the stand-in, with its tick size in rupees. */
export interface ListedInstrument {
  readonly id: string;
  readonly tickSize: number;
}

/**
 * The broker of the crash tests: it takes market orders and matches them with the exchange's own
 * kernel. Like a real broker it takes every order that arrives, so one that arrives twice is two
 * orders, unless `placesOnce` says that it knows its tags.
 */
export class StandInBroker {
  readonly #kernel: FillKernel;
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #book: BookedOrder[] = [];
  /** Place in the book by the kernel's number. */
  readonly #working = new Map<number, number>();
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
      status: rejected ? 'REJECTED' : 'OPEN',
      statusMessage: rejected ? 'RMS:Margin exceeds' : null,
      terms: changeableTermsOf(order),
      executions: [],
      instrumentId,
      product,
      side,
      quantity: order.quantity,
    };
    this.#book.push(booked);
    if (!rejected) this.#enter(place, instrument, booked);
    this.#tell(booked);
    return { kind: 'ACCEPTED', brokerOrderId: booked.brokerOrderId };
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
    const { fills } = this.#kernel;
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

  /** A large order goes in as two, the second a tick later: the first to trade is a partial fill. */
  #enter(place: number, instrument: number, { quantity, side }: BookedOrder): void {
    const units = quantity.toNumber();
    const sign = side === 'BUY' ? 1 : -1;
    const second = units < splitFrom ? 0 : Math.floor(units / 3);
    const first = this.#kernel.addMarketOrder(instrument, sign, units - second, this.#time);
    this.#working.set(first, place);
    if (second === 0) return;
    const later = this.#kernel.addMarketOrder(instrument, sign, second, this.#time + 2_000);
    this.#working.set(later, place);
  }

  #execute(number: number, traded: Omit<BrokerExecution, 'tradeId'>): void {
    const place = this.#working.get(number) ?? -1;
    const order = this.#book[place];
    if (order === undefined) throw new Error(`the kernel filled ${number}, which nobody entered`);
    const tradeId = `${order.brokerOrderId}-${order.executions.length + 1}`;
    const executions = [...order.executions, { ...traded, tradeId }];
    const filled = executions.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
    const status = filled.equals(order.quantity) ? 'COMPLETE' : 'OPEN';
    const after: BookedOrder = { ...order, executions, status };
    this.#book[place] = after;
    this.#tell(after);
  }

  #tell(order: BookedOrder): void {
    for (const listener of this.#listeners) listener(order);
  }
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
