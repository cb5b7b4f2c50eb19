import { termsOf } from '@nandax/core/order/order.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import type { OrderRecord } from '../ports/orders.ts';
import { inBasketOrder, legsAtDoor, misfitOfBasket, type AskedOrder } from './asked-orders.ts';
import {
  placeKeyedRequest,
  type KeyedRequestFailure,
  type KeyedRequestPorts,
} from './keyed-request.ts';
import { denialOf, type OrderDenied } from './order-denied.ts';

export interface PlaceBasketInput {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and legs give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  /** 1 to `mostBasketLegs`. Those that buy leave first, so that a hedge is there before it is needed. */
  readonly legs: readonly AskedOrder[];
}

export type PlaceBasketFailure = OrderDenied | KeyedRequestFailure;

/**
 * Places a person's basket. It is judged as one: margin and limits over all of its orders before the
 * first leaves, and it passes whole or not at all. Then its orders leave one after the other, each
 * when the broker has taken the one before; the first that comes to nothing stops those behind it.
 * Returns all of its orders, in the order in which they leave.
 */
export async function placeBasket(
  ports: KeyedRequestPorts,
  { actor, idempotencyKey, portfolioId, legs }: PlaceBasketInput,
): Promise<Result<readonly OrderRecord[], PlaceBasketFailure>> {
  const misfit = misfitOfBasket(legs);
  if (misfit !== null) return fail(misfit);
  const inOrder = inBasketOrder(legs);
  const placed = await placeKeyedRequest(ports, {
    actor,
    idempotencyKey,
    portfolioId,
    kind: 'BASKET',
    body: {
      basket: inOrder.map((leg) => ({
        instrumentId: leg.instrumentId,
        terms: termsOf(leg),
        autoSlice: leg.autoSlice === true,
        // Absent where it is not asked for, so that requests of before hash to what they did.
        ...(leg.reduceOnly === true ? { reduceOnly: true } : {}),
      })),
      portfolioId,
    },
    legs: (rows) => legsAtDoor(rows, inOrder, actor.userId),
  });
  if (!placed.ok) return placed;
  const denial = denialOf(placed.value);
  return denial === null ? succeed(placed.value) : fail(denial);
}
