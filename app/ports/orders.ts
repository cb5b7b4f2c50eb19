import type { Decimal } from 'decimal.js';
import type { AccruedCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import type { Order } from '@nandax/core/order/order.ts';
import type { OrderStatus } from '@nandax/core/order/status.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import type { SignalReason } from '@nandax/core/strategy/decide-signals.ts';
import type { Json } from './events.ts';

export type OrderSource =
  | 'USER'
  | 'API_KEY'
  | 'AGENT'
  | 'WEBHOOK'
  | 'SQUARE_OFF'
  | 'KILL_SWITCH'
  | 'PROTECTIVE_STOP'
  | 'GTT';

/**
 * How one request became its orders. SLICED: one order cut at the freeze quantity. BASKET: legs that
 * leave one after the other. BRACKET: an entry with the orders that protect it. EXIT: orders that
 * leave what is held, each of which stands for itself.
 */
export type OrderRequestKind = 'SINGLE' | 'SLICED' | 'BASKET' | 'BRACKET' | 'EXIT';

/** A signal's reason, or the hand that sent the order. */
export type OrderIntent = SignalReason | 'STOPPED' | 'MANUAL';

/** Whether an order is an exit of a protection, which follows what is held and makes room for others. */
export function isProtective({ source }: { readonly source: OrderSource }): boolean {
  return source === 'PROTECTIVE_STOP';
}

/** An order of ours: the domain's order, and where it belongs. */
export interface OrderRecord extends Order {
  readonly id: string;
  readonly userId: string;
  readonly portfolioId: string;
  readonly orderRequestId: string;
  readonly requestKind: OrderRequestKind;
  /** Its place among the orders of its request, from 1. */
  readonly legNumber: number;
  /** The order that this one protects or follows; null: it stands alone. */
  readonly parentOrderId: string | null;
  /**
   * Whether it was asked to leave a position: it must never open the other side, a change of it
   * neither.
   */
  readonly reduceOnly: boolean;
  readonly instrumentId: string;
  readonly runId: string | null;
  readonly agentDecisionId: string | null;
  readonly feedId: string | null;
  readonly source: OrderSource;
  /** Why it was sent; the trade it closes keeps it. */
  readonly intent: OrderIntent;
  /** Why the door refused: code and numbers; null unless DENIED. */
  readonly denial: Json;
  /**
   * Whether all of it took units off a position when the door decided, asked to or not; it leaves
   * ahead of others.
   */
  readonly reducing: boolean;
  /** Last price when the door decided. */
  readonly referencePrice: Decimal | null;
  /** The portfolio's market clock when the order passed the door. */
  readonly marketTime: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface OrderRequestRecord {
  readonly id: string;
  readonly userId: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly kind: OrderRequestKind;
  readonly source: OrderSource;
  readonly createdAt: Date;
}

/** What a key was answered where no order and no GTT came of it. */
export interface RefusedRequestRecord {
  readonly userId: string;
  /** Keys of GTTs are counted apart from those of orders. */
  readonly subject: 'ORDERS' | 'GTT';
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly failure: Json;
  readonly createdAt: Date;
}

/** A key as its user chose it, for orders or for GTTs. */
export type RequestKey = Pick<RefusedRequestRecord, 'userId' | 'subject' | 'idempotencyKey'>;

export interface FillRecord {
  readonly id: string;
  readonly orderId: string;
  readonly userId: string;
  readonly portfolioId: string;
  readonly runId: string | null;
  readonly instrumentId: string;
  readonly feedId: string | null;
  /** The broker's trade id. */
  readonly tradeId: string;
  readonly side: Side;
  readonly product: Product;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly executedAt: Date;
  /** Exchange day, `YYYY-MM-DD`. */
  readonly tradingDay: string;
  readonly charges: AccruedCharges;
  readonly createdAt: Date;
}

/** Orders, requests and fills within a transaction. Callers hold the portfolio's lock. */
export interface OrderRows {
  /**
   * Locks a key of a user's to the end of the transaction, taken or not: of two portfolios that are
   * asked under it at one moment the second finds what the first wrote. After the portfolio's lock.
   */
  lockKey(key: RequestKey): Promise<void>;
  findRequest(
    userId: string,
    idempotencyKey: string,
  ): Promise<(OrderRequestRecord & { readonly orders: readonly OrderRecord[] }) | null>;
  insertRequest(request: OrderRequestRecord): Promise<void>;
  findRefused(key: RequestKey): Promise<RefusedRequestRecord | null>;
  insertRefused(request: RefusedRequestRecord): Promise<void>;
  /** Writes an order of a request and the events that brought it to its first state. */
  insert(order: OrderRecord, events: readonly OrderEvent[]): Promise<void>;
  find(orderId: string): Promise<OrderRecord | null>;
  findByClientOrderId(clientOrderId: string): Promise<OrderRecord | null>;
  /** Those of these client order ids that are ours. */
  findByClientOrderIds(clientOrderIds: readonly string[]): Promise<readonly OrderRecord[]>;
  /** The orders of a request, by leg number. */
  legs(orderRequestId: string): Promise<readonly OrderRecord[]>;
  /** Writes the order as it is after `event`, and the event behind it. */
  save(order: OrderRecord, event: OrderEvent): Promise<void>;
  insertFill(fill: FillRecord): Promise<void>;
  /** Orders of a portfolio that may still execute, oldest first. */
  working(portfolioId: string): Promise<readonly OrderRecord[]>;
  /** The exits that a protection sent, oldest first. */
  exitsOfProtection(protectionId: string): Promise<readonly OrderRecord[]>;
  /** Orders of a feed that the broker has not answered yet, oldest first. */
  unanswered(feedId: string): Promise<readonly { readonly id: string }[]>;
  /**
   * Orders of any feed that have waited for the broker's answer since before `since`, about a change
   * or a cancel too, oldest first.
   */
  unansweredSince(
    since: Date,
  ): Promise<readonly { readonly id: string; readonly status: OrderStatus }[]>;
  /** Counts one more reading of the broker's books that does not show the order; returns how many. */
  countAbsentRead(orderId: string): Promise<number>;
}
