import { termsOf } from '@nandax/core/order/order.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import type { OrderRecord } from '../ports/orders.ts';
import { legsAtDoor, misfitOf, type AskedOrder } from './asked-orders.ts';
import { denialOf, type OrderDenied } from './order-denied.ts';
import {
  placeKeyedRequest,
  type KeyedRequestFailure,
  type KeyedRequestPorts,
} from './keyed-request.ts';

export interface PlaceOrderInput extends AskedOrder {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
}

export type PlaceOrderFailure = OrderDenied | KeyedRequestFailure;

/**
 * Places a person's order. One call makes at most one order (or its slices), however often, by
 * however many callers at once, it is repeated with its key. Of slices the first is returned; all of
 * them hang on its request.
 */
export async function placeOrder(
  ports: KeyedRequestPorts,
  input: PlaceOrderInput,
): Promise<Result<OrderRecord, PlaceOrderFailure>> {
  const misfit = misfitOf(input);
  if (misfit !== null) return fail(misfit);
  const { actor, idempotencyKey, portfolioId, instrumentId } = input;
  const { autoSlice = false, reduceOnly = false } = input;
  const placed = await placeKeyedRequest(ports, {
    actor,
    idempotencyKey,
    portfolioId,
    kind: 'SINGLE',
    // What was not asked for is left out: keys from before there was any of it keep their answers.
    body: {
      ...{ portfolioId, instrumentId, terms: termsOf(input) },
      ...(autoSlice ? { autoSlice } : {}),
      ...(reduceOnly ? { reduceOnly } : {}),
    },
    legs: (rows) => legsAtDoor(rows, [input], actor.userId),
  });
  if (!placed.ok) return placed;
  const [order] = placed.value;
  if (order === undefined) throw new Error('the door wrote no order');
  const denial = denialOf(placed.value);
  return denial === null ? succeed(order) : fail(denial);
}
