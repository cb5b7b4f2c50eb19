import type { PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { Decimal } from 'decimal.js';

/** An order for a worker to place, as it goes between processes. */
export interface AskedOrder {
  readonly idempotencyKey: string;
  readonly userId: string;
  readonly portfolioId: string;
  readonly instrumentId: string;
  readonly side: 'BUY' | 'SELL';
  readonly quantity: number;
}

/** What a worker is started for. */
export interface Errand {
  /** The step at which it dies; null: it lives. */
  readonly diesAt: string | null;
  readonly orders: readonly AskedOrder[];
}

/** What a worker has to say. */
export type Report =
  | { readonly ready: true }
  | { readonly placed: AskedOrder; readonly orderId: string }
  | { readonly error: string };

/** The order as the use-case takes it. */
export function inputOf(asked: AskedOrder): PlaceOrderInput {
  const { userId, idempotencyKey, portfolioId, instrumentId, side, quantity } = asked;
  return {
    actor: { kind: 'USER', userId, sessionId: userId, ipAddress: null, userAgent: null },
    idempotencyKey,
    portfolioId,
    instrumentId,
    side,
    ...plainTerms,
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(quantity),
  };
}
