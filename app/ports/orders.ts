import type { Decimal } from 'decimal.js';
import type { AccruedCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import type { OrderStatus } from '@nandax/core/order/status.ts';
import type { OrderType, Product, Side, Validity } from '@nandax/core/order/order-terms.ts';
import type { Json } from './events.ts';

export type OrderSource = 'USER' | 'API_KEY' | 'AGENT' | 'WEBHOOK' | 'SQUARE_OFF' | 'KILL_SWITCH';

export interface OrderRecord {
  readonly id: string;
  readonly userId: string;
  readonly portfolioId: string;
  readonly orderRequestId: string;
  readonly instrumentId: string;
  readonly runId: string | null;
  readonly agentDecisionId: string | null;
  readonly feedId: string | null;
  /** Minted by us before anything leaves; the broker's tag and the job's id. */
  readonly clientOrderId: string;
  readonly brokerOrderId: string | null;
  readonly source: OrderSource;
  readonly side: Side;
  readonly type: OrderType;
  readonly product: Product;
  readonly validity: Validity;
  readonly quantity: Decimal;
  readonly filledQuantity: Decimal;
  readonly averagePrice: Decimal | null;
  readonly status: OrderStatus;
  /** Why the door refused: code and numbers; null unless DENIED. */
  readonly denial: Json;
  readonly statusMessage: string | null;
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
  readonly source: OrderSource;
  readonly createdAt: Date;
}

export interface FillRecord {
  readonly id: string;
  readonly orderId: string;
  readonly userId: string;
  readonly portfolioId: string;
  readonly runId: string | null;
  readonly instrumentId: string;
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
  findRequest(
    userId: string,
    idempotencyKey: string,
  ): Promise<(OrderRequestRecord & { readonly orders: readonly OrderRecord[] }) | null>;
  insert(request: OrderRequestRecord, order: OrderRecord, event: OrderEvent): Promise<void>;
  find(orderId: string): Promise<OrderRecord | null>;
  /** Trade ids already taken for this order. */
  tradeIds(orderId: string): Promise<readonly string[]>;
  /** Writes the order as it is after `event`, and the event behind it. */
  save(order: OrderRecord, event: OrderEvent): Promise<void>;
  insertFill(fill: FillRecord): Promise<void>;
  /** Orders of a portfolio that may still trade, oldest first. */
  open(portfolioId: string): Promise<readonly OrderRecord[]>;
}
