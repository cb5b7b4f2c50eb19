import type {
  BookedOrder,
  Broker,
  BrokerOrder,
  BrokerOrderState,
  BrokerTraffic,
  FundsOutcome,
  LookupOutcome,
  OrderBookOutcome,
  PlacementOutcome,
  PositionsOutcome,
  RequestOutcome,
} from '@nandax/app/ports/broker.ts';
import { changeableTermsOf } from '@nandax/core/order/order.ts';
import { isStop } from '@nandax/core/order/order-terms.ts';

/**
 * A broker whose next answers a test can say. Said nothing, it takes what it is asked for and shows
 * it in its book, where a test can change it as the exchange would.
 */
export class ScriptedBroker implements Broker {
  readonly placesOnce = false;
  /** What bounds its calls; a test may set it. */
  traffic: BrokerTraffic | null = null;
  readonly book = new Map<string, BookedOrder & BrokerOrderState>();
  /** What it was asked for, in order, such as `place 0123…`. */
  readonly calls: string[] = [];
  /** Answers to come, the next first; each stands for one call of its kind. */
  readonly placements: PlacementOutcome[] = [];
  readonly requests: RequestOutcome[] = [];
  readonly lookups: LookupOutcome[] = [];
  readonly books: OrderBookOutcome[] = [];
  /** What it shows beside its book; a test may set it. */
  held: PositionsOutcome = { kind: 'FAILED', reason: 'It shows no positions.' };
  money: FundsOutcome = { kind: 'FAILED', reason: 'It shows no funds.' };

  place(order: BrokerOrder): Promise<PlacementOutcome> {
    const { clientOrderId } = order;
    this.calls.push(`place ${clientOrderId}`);
    const said = this.placements.shift();
    if (said !== undefined) return Promise.resolve(said);
    const brokerOrderId = `B${clientOrderId}`;
    const { instrumentId, side, product } = order;
    this.book.set(clientOrderId, {
      ...{ clientOrderId, instrumentId, side, product },
      brokerOrderId,
      status: isStop(order.type) ? 'TRIGGER_PENDING' : 'OPEN',
      statusMessage: null,
      terms: changeableTermsOf(order),
      revision: 0,
      executions: [],
    });
    return Promise.resolve({ kind: 'ACCEPTED', brokerOrderId });
  }

  modify(
    { clientOrderId }: BrokerOrder,
    terms: BrokerOrderState['terms'],
  ): Promise<RequestOutcome> {
    this.calls.push(`modify ${clientOrderId}`);
    return this.#ask(clientOrderId, { terms });
  }

  cancel({ clientOrderId }: BrokerOrder): Promise<RequestOutcome> {
    this.calls.push(`cancel ${clientOrderId}`);
    return this.#ask(clientOrderId, { status: 'CANCELLED' });
  }

  lookUp(clientOrderId: string): Promise<LookupOutcome> {
    this.calls.push(`look up ${clientOrderId}`);
    const state = this.book.get(clientOrderId);
    const shown: LookupOutcome =
      state === undefined ? { kind: 'ABSENT' } : { kind: 'FOUND', state };
    return Promise.resolve(this.lookups.shift() ?? shown);
  }

  orderBook(): Promise<OrderBookOutcome> {
    this.calls.push('read the book');
    const shown: OrderBookOutcome = { kind: 'READ', orders: [...this.book.values()] };
    return Promise.resolve(this.books.shift() ?? shown);
  }

  positions(): Promise<PositionsOutcome> {
    return Promise.resolve(this.held);
  }

  funds(): Promise<FundsOutcome> {
    return Promise.resolve(this.money);
  }

  /** The exchange changes an order in the book. */
  change(clientOrderId: string, change: Partial<BrokerOrderState>): BrokerOrderState {
    const state = this.book.get(clientOrderId);
    if (state === undefined) throw new Error(`the broker has no ${clientOrderId}`);
    const revision = state.revision + (change.terms === undefined ? 0 : 1);
    const after = { ...state, revision, ...change };
    this.book.set(clientOrderId, after);
    return after;
  }

  /** It takes what is asked, unless it was told to say something else. */
  #ask(clientOrderId: string, change: Partial<BrokerOrderState>): Promise<RequestOutcome> {
    const said = this.requests.shift();
    if (said !== undefined) return Promise.resolve(said);
    this.change(clientOrderId, change);
    return Promise.resolve({ kind: 'ACCEPTED' });
  }
}
