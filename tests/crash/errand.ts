import type { AccountActor } from '@nandax/app/actor.ts';
import type { AskedOrder as AskedLeg } from '@nandax/app/orders/asked-orders.ts';
import type { PlaceBasketInput } from '@nandax/app/orders/place-basket.ts';
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
  /** Rupees at which it rests, to be changed once the broker has it; null: it comes at the market. */
  readonly rests: { readonly at: number; readonly until: 'MODIFIED' | 'CANCELLED' } | null;
}

/** What a worker is started for. */
export interface Errand {
  /** The step at which it dies; null: it lives. */
  readonly diesAt: string | null;
  /** Whether nothing that the broker tells unasked of an order is heard once a change was asked for. */
  readonly deafToChanges?: boolean;
  readonly orders: readonly AskedOrder[];
}

/** What a worker has to say. */
export type Report =
  | { readonly ready: true }
  /** What it was started for is asked for, changes included; `cancelled`: the cancel was taken. */
  | { readonly placed: AskedOrder; readonly orderId: string; readonly cancelled: boolean }
  | { readonly error: string };

/** Who asks. */
export function actorOf({ userId }: AskedOrder): AccountActor {
  return { kind: 'USER', userId, sessionId: userId, ipAddress: null, userAgent: null };
}

/** The order, or the basket, as the use-cases take it; what is above the freeze quantity is cut. */
export function inputOf(asked: AskedOrder): PlaceOrderInput | PlaceBasketInput {
  const { idempotencyKey, portfolioId, instrumentId, side, quantity, basketWith, rests } = asked;
  const request = { actor: actorOf(asked), idempotencyKey, portfolioId } as const;
  const leg = (of: 'BUY' | 'SELL', units: number): AskedLeg => ({
    instrumentId,
    side: of,
    ...plainTerms,
    type: rests === null ? 'MARKET' : 'LIMIT',
    price: rests === null ? null : new Decimal(rests.at),
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
