import { Decimal } from 'decimal.js';
import type { OrderType, Product, Side, Validity } from './order-terms.ts';
import type { OrderStatus } from './status.ts';

/** What was asked for; it does not change over the order's life. */
export interface OrderTerms {
  /** Minted by us before anything is sent. */
  readonly clientOrderId: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly product: Product;
  readonly validity: Validity;
  /** Units, positive. */
  readonly quantity: Decimal;
  /** Limit in rupees of LIMIT and SL orders; null for MARKET and SL_M. */
  readonly price: Decimal | null;
  /** Rupees at which SL and SL_M orders wake; null for MARKET and LIMIT. */
  readonly triggerPrice: Decimal | null;
}

/** A part of an order that traded. */
export interface Execution {
  /** The broker's id of the trade; an execution counts once. */
  readonly tradeId: string;
  /** Units, positive. */
  readonly quantity: Decimal;
  /** Rupees a unit, positive. */
  readonly price: Decimal;
  /** Epoch milliseconds of the exchange. */
  readonly time: number;
}

/** An order as it stands: its terms and the fold of every event so far. */
export interface Order extends OrderTerms {
  /** The broker's id; null until it is known. */
  readonly brokerOrderId: string | null;
  readonly status: OrderStatus;
  /** Units executed: the sum over `executions`. */
  readonly filledQuantity: Decimal;
  /** Average rupees a unit over `executions`; null before the first. */
  readonly averagePrice: Decimal | null;
  /** Why it was denied or rejected; null otherwise. */
  readonly reason: string | null;
  /** By trade id, in the order they became known. */
  readonly executions: ReadonlyMap<string, Execution>;
}

/** A new order in INITIALIZED. */
export function initializeOrder(terms: OrderTerms): Order {
  return {
    ...terms,
    brokerOrderId: null,
    status: 'INITIALIZED',
    filledQuantity: new Decimal(0),
    averagePrice: null,
    reason: null,
    executions: new Map(),
  };
}

/** Units that may still execute if the order works on. */
export function unfilledQuantityOf(order: Order): Decimal {
  return order.quantity.minus(order.filledQuantity);
}
