import type { StoreTransaction } from './store.ts';
import type { Decimal } from 'decimal.js';
import type { ChangeableTerms, OrderTerms } from '@nandax/core/order/order.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import type { TrafficLimits } from '@nandax/core/traffic/traffic.ts';
import type { LockedPortfolio } from './portfolios.ts';

/** Whose books are meant: what a portfolio is at its broker. */
export type BrokerAccount = Pick<LockedPortfolio, 'id' | 'kind' | 'feedId'>;

/** What leaves for a broker. */
export interface BrokerOrder extends OrderTerms {
  readonly portfolioId: string;
  readonly feedId: string | null;
  readonly instrumentId: string;
  /** It meets ticks from this market instant on. */
  readonly marketTime: Date;
}

/** An order that the broker has taken. */
export interface PlacedOrder extends BrokerOrder {
  readonly brokerOrderId: string;
}

export type PlacementOutcome =
  | { readonly kind: 'ACCEPTED'; readonly brokerOrderId: string }
  | { readonly kind: 'REJECTED'; readonly reason: string }
  /** It provably did not arrive (no connection, too many requests); it may be sent again. */
  | { readonly kind: 'NOT_TAKEN'; readonly reason: string }
  /** Nobody knows whether it arrived; it must be looked up, never sent again. */
  | { readonly kind: 'TIMED_OUT'; readonly reason: string };

/** What became of a change or a cancel that was asked for; the order's own word comes besides. */
export type RequestOutcome =
  | { readonly kind: 'ACCEPTED' }
  | { readonly kind: 'REJECTED'; readonly reason: string }
  /** It provably did not arrive; it may be asked again. */
  | { readonly kind: 'NOT_TAKEN'; readonly reason: string }
  /** Nobody knows whether it arrived; the order's state will tell. */
  | { readonly kind: 'TIMED_OUT'; readonly reason: string };

export interface BrokerExecution {
  /** The broker's trade id. */
  readonly tradeId: string;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly executedAt: Date;
}

/** An order as the broker's order book and trade book show it. */
export interface BrokerOrderState {
  /** The tag it was placed with. */
  readonly clientOrderId: string;
  readonly brokerOrderId: string;
  /** TRIGGER_PENDING: a stop whose trigger price has not traded; EXPIRED: lapsed by its validity. */
  readonly status: 'TRIGGER_PENDING' | 'OPEN' | 'COMPLETE' | 'CANCELLED' | 'REJECTED' | 'EXPIRED';
  readonly statusMessage: string | null;
  /** Its terms now. */
  readonly terms: ChangeableTerms;
  /** A number from 0 that rises with each change of the terms, so that an old word is known as one. */
  readonly revision: number;
  readonly executions: readonly BrokerExecution[];
}

/** The broker did not answer; this says nothing, least of all "empty". */
export interface ReadFailed {
  readonly kind: 'FAILED';
  readonly reason: string;
}

export type LookupOutcome =
  | { readonly kind: 'FOUND'; readonly state: BrokerOrderState }
  /** The broker answered, and knows no such order. */
  | { readonly kind: 'ABSENT' }
  | ReadFailed;

/** An order as the account's order book of the day shows it, whoever placed it. */
export interface BookedOrder extends Omit<BrokerOrderState, 'clientOrderId'> {
  /** The tag it was placed with; null: by another hand, such as the broker's own app. */
  readonly clientOrderId: string | null;
  /** Null: one that we do not know. */
  readonly instrumentId: string | null;
  readonly side: Side;
  readonly product: Product;
}

/**
 * The orders of the exchange day, oldest first, as order book and trade book show them: those that
 * were placed or could trade in it, and those that still work.
 */
export type OrderBookOutcome =
  { readonly kind: 'READ'; readonly orders: readonly BookedOrder[] } | ReadFailed;

/** A position as the broker shows it. */
export interface BrokerPosition {
  readonly instrumentId: string;
  readonly product: Product;
  /** Units, negative when short. */
  readonly netQuantity: Decimal;
}

/** What is held, the flat ones left out. */
export type PositionsOutcome =
  { readonly kind: 'READ'; readonly positions: readonly BrokerPosition[] } | ReadFailed;

/** Money at the broker, rupees. */
export interface BrokerFunds {
  /** What new orders can be paid from. */
  readonly available: Decimal;
  /** What orders and positions hold bound. */
  readonly utilised: Decimal;
}

export type FundsOutcome = { readonly kind: 'READ'; readonly funds: BrokerFunds } | ReadFailed;

/** What bounds the orders, changes, cancels and questions of a broker's account. */
export interface BrokerTraffic {
  /** Whose calls are counted together, the same for every portfolio of the account. */
  readonly account: string;
  /** What it takes at a wall-clock instant. */
  limitsAt(at: Date): Promise<TrafficLimits>;
}

export interface Broker {
  /** Null: it takes whatever comes, as fast as it comes. */
  readonly traffic: BrokerTraffic | null;
  /**
   * Whether placing the same client order id twice is known to give one order. Only then may an
   * order that was marked SUBMITTED be sent again when the broker does not know it.
   */
  readonly placesOnce: boolean;
  /**
   * Whether an order is not there, told within a transaction that holds its portfolio's lock, by a
   * broker that takes no order, however late its sender comes, which by then is not marked as sent.
   * Left out: a call may still be on its way to it.
   */
  isAbsent?(rows: StoreTransaction, clientOrderId: string): Promise<boolean>;
  place(order: BrokerOrder): Promise<PlacementOutcome>;
  /** Asks for these terms in place of the order's. Asking twice is asking once. */
  modify(order: PlacedOrder, terms: ChangeableTerms): Promise<RequestOutcome>;
  /** Asks for the rest of the order back. Asking twice is asking once. */
  cancel(order: PlacedOrder): Promise<RequestOutcome>;
  /** Finds one order by the tag it was placed with, with its executions. */
  lookUp(clientOrderId: string): Promise<LookupOutcome>;
  orderBook(account: BrokerAccount): Promise<OrderBookOutcome>;
  positions(account: BrokerAccount): Promise<PositionsOutcome>;
  funds(account: BrokerAccount): Promise<FundsOutcome>;
}

/** Which broker a portfolio trades with. */
export interface BrokerDirectory {
  of(account: BrokerAccount): Broker;
}
