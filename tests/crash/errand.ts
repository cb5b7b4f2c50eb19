import type { BasketLeg, PlaceBasketInput } from '@nandax/app/orders/place-basket.ts';
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
  /** Units of the legs of the other side that come with it in a basket; null: it comes alone. */
  readonly basketWith: readonly number[] | null;
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

/** The order, or the basket, as the use-cases take it; what is above the freeze quantity is cut. */
export function inputOf(asked: AskedOrder): PlaceOrderInput | PlaceBasketInput {
  const { userId, idempotencyKey, portfolioId, instrumentId, side, quantity, basketWith } = asked;
  const request = {
    actor: { kind: 'USER', userId, sessionId: userId, ipAddress: null, userAgent: null },
    idempotencyKey,
    portfolioId,
  } as const;
  const leg = (of: 'BUY' | 'SELL', units: number): BasketLeg => ({
    instrumentId,
    side: of,
    ...plainTerms,
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(units),
    autoSlice: true,
  });
  if (basketWith === null) return { ...request, ...leg(side, quantity) };
  const other = side === 'BUY' ? 'SELL' : 'BUY';
  return {
    ...request,
    legs: [leg(side, quantity), ...basketWith.map((units) => leg(other, units))],
  };
}
