import { checkShape } from '@nandax/core/order/check-shape.ts';
import { termsOf, type AskedTerms } from '@nandax/core/order/order.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { standalone, type LegAtDoor } from './pass-door.ts';

/** Orders that a basket may ask for, before any of them is cut into slices. */
export const mostBasketLegs = 20;

/** One order as a person asks for it. */
export interface AskedOrder extends AskedTerms {
  readonly instrumentId: string;
  /** Whether it may leave in slices where it is above the freeze quantity. */
  readonly autoSlice?: boolean;
  /** Whether it must only take something off what is held, else it is denied; left out: it may open. */
  readonly reduceOnly?: boolean;
}

/** Why it makes no order; null: it does. `within` stands before the field's name. */
export function misfitOf(order: AskedOrder, within = ''): InvalidInput | null {
  const misfit = checkShape(order);
  if (misfit !== null) return invalidInput(`${within}${misfit.field}`, misfit.message);
  return order.autoSlice === true && order.variety === 'ICEBERG'
    ? invalidInput(`${within}autoSlice`, 'An ICEBERG order leaves in its legs.')
    : null;
}

/** Why they make no basket; the field is named by the leg's place, from 0. Null: they do. */
export function misfitOfBasket(legs: readonly AskedOrder[]): InvalidInput | null {
  if (legs.length < 1 || legs.length > mostBasketLegs) {
    return invalidInput('legs', `A basket has 1 to ${mostBasketLegs} legs.`);
  }
  for (const [index, leg] of legs.entries()) {
    const misfit = misfitOf(leg, `legs.${index}.`);
    if (misfit !== null) return misfit;
  }
  return null;
}

/** The orders of a basket as they leave: those that buy first, so that a hedge is there before it is needed. */
export function inBasketOrder<Leg extends AskedOrder>(legs: readonly Leg[]): readonly Leg[] {
  return (['BUY', 'SELL'] as const).flatMap((side) => legs.filter((leg) => leg.side === side));
}

/** The orders as the door takes them, of instruments that the user may see. */
export async function legsAtDoor(
  rows: StoreTransaction,
  orders: readonly AskedOrder[],
  userId: string,
): Promise<Result<readonly LegAtDoor[], NotFound>> {
  const ids = new Set(orders.map(({ instrumentId }) => instrumentId));
  const instruments = await rows.runs.visibleInstruments([...ids], userId);
  const legs: LegAtDoor[] = [];
  for (const order of orders) {
    const { instrumentId, autoSlice = false, reduceOnly = false } = order;
    const instrument = instruments.find(({ id }) => id === instrumentId);
    if (instrument === undefined) return fail(notFound('Instrument', instrumentId));
    legs.push({ ...standalone, instrument, terms: termsOf(order), autoSlice, reduceOnly });
  }
  return succeed(legs);
}
