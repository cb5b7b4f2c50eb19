import type { Decimal } from 'decimal.js';
import type { OrderType, Product, Side } from '@nandax/core/order/order-terms.ts';

/** What leaves for a broker. */
export interface BrokerOrder {
  readonly clientOrderId: string;
  readonly feedId: string | null;
  readonly instrumentId: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly product: Product;
  readonly quantity: Decimal;
  readonly marketTime: Date;
}

export type PlacementOutcome =
  | { readonly kind: 'ACCEPTED'; readonly brokerOrderId: string }
  | { readonly kind: 'REJECTED'; readonly reason: string }
  /** Nobody knows whether the order arrived; it must be looked up, never sent again. */
  | { readonly kind: 'UNRESOLVED'; readonly reason: string };

export interface BrokerExecution {
  /** The broker's trade id. */
  readonly tradeId: string;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly executedAt: Date;
}

/** An order as the broker's order book and trade book show it. */
export interface BrokerOrderState {
  readonly clientOrderId: string;
  readonly brokerOrderId: string;
  readonly status: 'OPEN' | 'COMPLETE' | 'CANCELLED' | 'REJECTED';
  readonly statusMessage: string | null;
  readonly executions: readonly BrokerExecution[];
}

export type LookupOutcome =
  | { readonly kind: 'FOUND'; readonly state: BrokerOrderState }
  /** The broker answered, and knows no such order. */
  | { readonly kind: 'ABSENT' }
  /** The broker did not answer; this says nothing. */
  | { readonly kind: 'FAILED'; readonly reason: string };

export interface Broker {
  /**
   * Whether placing the same client order id twice is known to give one order. Only then may an
   * order that was marked SUBMITTED be sent again when the broker does not know it.
   */
  readonly placesOnce: boolean;
  place(order: BrokerOrder): Promise<PlacementOutcome>;
  /** Finds an order by the tag it was placed with, with its executions. */
  lookUp(clientOrderId: string): Promise<LookupOutcome>;
}
