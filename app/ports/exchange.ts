import type { Decimal } from 'decimal.js';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import type { BrokerExecution, BrokerOrder, BrokerOrderState, BrokerPosition } from './broker.ts';

/** An order waiting in the simulated exchange. */
export interface RestingOrder {
  readonly clientOrderId: string;
  readonly instrumentId: string;
  readonly side: Side;
  readonly product: Product;
  readonly quantity: Decimal;
  readonly filledQuantity: Decimal;
  /** It meets ticks from this market instant on. */
  readonly eligibleFrom: Date;
}

/** The simulated exchange's own books, kept apart from ours: its order book and its trade book. */
export interface ExchangeRows {
  /**
   * Enters an order once; a second entry of the same client order id changes nothing. False where the
   * feed has ended: nothing can be traded on it any more.
   */
  enter(
    order: BrokerOrder & { readonly feedId: string },
    brokerOrderId: string,
    at: Date,
  ): Promise<boolean>;
  state(clientOrderId: string): Promise<BrokerOrderState | null>;
  /** All orders of a portfolio, oldest first. */
  book(portfolioId: string): Promise<readonly BrokerOrderState[]>;
  /** What the executions of a portfolio come to; flat ones are left out. */
  positions(portfolioId: string): Promise<readonly BrokerPosition[]>;
  /** In the order of matching: by eligible time, then by client order id, which rises with time. */
  resting(feedId: string): Promise<readonly RestingOrder[]>;
  /** Books executions of orders that still rest, once each, and closes orders that are filled. */
  execute(
    executions: readonly (BrokerExecution & { readonly clientOrderId: string })[],
    at: Date,
  ): Promise<void>;
  /**
   * Ends what rests on a feed and could have traded before `eligibleBefore`, all of it where that is
   * null, and returns the client order ids.
   */
  lapse(feedId: string, eligibleBefore: Date | null, reason: string): Promise<readonly string[]>;
  /** Client order ids whose executions or end our own order rows do not show yet. */
  unreported(feedId: string): Promise<readonly string[]>;
}
