import { checkShape } from '@nandax/core/order/check-shape.ts';
import { termsOf, type AskedTerms } from '@nandax/core/order/order.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { invalidInput, notFound } from '../failures.ts';
import type { OrderRecord } from '../ports/orders.ts';
import { denialOf, type OrderDenied } from './order-denied.ts';
import {
  placeKeyedRequest,
  type KeyedRequestFailure,
  type KeyedRequestPorts,
} from './keyed-request.ts';
import { standalone } from './pass-door.ts';

export interface PlaceOrderInput extends AskedTerms {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  readonly instrumentId: string;
  /** Whether it may leave in slices where it is above the freeze quantity. */
  readonly autoSlice?: boolean;
  /** Whether it must only take something off what is held, else it is denied; left out: it may open. */
  readonly reduceOnly?: boolean;
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
  const misshapen = checkShape(input);
  if (misshapen !== null) return fail(invalidInput(misshapen.field, misshapen.message));
  const { actor, idempotencyKey, portfolioId, instrumentId } = input;
  const { autoSlice = false, reduceOnly = false } = input;
  if (autoSlice && input.variety === 'ICEBERG') {
    return fail(invalidInput('autoSlice', 'An ICEBERG order leaves in its legs.'));
  }
  const terms = termsOf(input);
  const placed = await placeKeyedRequest(ports, {
    actor,
    idempotencyKey,
    portfolioId,
    kind: 'SINGLE',
    // What was not asked for is left out: keys from before there was any of it keep their answers.
    body: {
      ...{ portfolioId, instrumentId, terms },
      ...(autoSlice ? { autoSlice } : {}),
      ...(reduceOnly ? { reduceOnly } : {}),
    },
    legs: async (rows) => {
      const instrument = await rows.runs.visibleInstrument(instrumentId, actor.userId);
      return instrument === null
        ? fail(notFound('Instrument', instrumentId))
        : succeed([{ ...standalone, instrument, terms, autoSlice, reduceOnly }]);
    },
  });
  if (!placed.ok) return placed;
  const [order] = placed.value;
  if (order === undefined) throw new Error('the door wrote no order');
  const denial = denialOf(placed.value);
  return denial === null ? succeed(order) : fail(denial);
}
