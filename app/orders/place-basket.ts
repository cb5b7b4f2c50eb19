import { checkShape } from '@nandax/core/order/check-shape.ts';
import { termsOf, type AskedTerms } from '@nandax/core/order/order.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import {
  placeKeyedRequest,
  type KeyedRequestFailure,
  type KeyedRequestPorts,
} from './keyed-request.ts';
import { denialOf, type OrderDenied } from './order-denied.ts';
import { standalone, type LegAtDoor } from './pass-door.ts';

/** Orders that a basket may ask for, before any of them is cut into slices. */
export const mostBasketLegs = 20;

/** One order of a basket. */
export interface BasketLeg extends AskedTerms {
  readonly instrumentId: string;
  /** Whether it may leave in slices where it is above the freeze quantity. */
  readonly autoSlice?: boolean;
}

export interface PlaceBasketInput {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and legs give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  /** 1 to `mostBasketLegs`. Those that buy leave first, so that a hedge is there before it is needed. */
  readonly legs: readonly BasketLeg[];
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
  if (legs.length < 1 || legs.length > mostBasketLegs) {
    return fail(invalidInput('legs', `A basket has 1 to ${mostBasketLegs} legs.`));
  }
  for (const [index, leg] of legs.entries()) {
    const misfit = misfitOf(leg, index);
    if (misfit !== null) return fail(misfit);
  }
  const inOrder = (['BUY', 'SELL'] as const).flatMap((side) =>
    legs.filter((leg) => leg.side === side),
  );
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
      })),
      portfolioId,
    },
    legs: (rows) => legsAtDoor(rows, inOrder, actor.userId),
  });
  if (!placed.ok) return placed;
  const denial = denialOf(placed.value);
  return denial === null ? succeed(placed.value) : fail(denial);
}

/** Why a leg makes no order; the field is named by the leg's place, from 0. */
function misfitOf(leg: BasketLeg, index: number): InvalidInput | null {
  const misfit = checkShape(leg);
  if (misfit !== null) return invalidInput(`legs.${index}.${misfit.field}`, misfit.message);
  return leg.autoSlice === true && leg.variety === 'ICEBERG'
    ? invalidInput(`legs.${index}.autoSlice`, 'An ICEBERG order leaves in its legs.')
    : null;
}

async function legsAtDoor(
  rows: StoreTransaction,
  legs: readonly BasketLeg[],
  userId: string,
): Promise<Result<readonly LegAtDoor[], NotFound>> {
  const atDoor: LegAtDoor[] = [];
  for (const { instrumentId, autoSlice = false, ...asked } of legs) {
    const instrument = await rows.runs.visibleInstrument(instrumentId, userId);
    if (instrument === null) return fail(notFound('Instrument', instrumentId));
    atDoor.push({ ...standalone, instrument, terms: termsOf(asked), autoSlice });
  }
  return succeed(atDoor);
}
