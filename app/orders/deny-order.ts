import { transition } from '@nandax/core/order/transition.ts';
import { snapshot } from '../events/snapshot.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { otherLegRefusal, type Refusal } from './refuse-leg.ts';

/** An order that has not left, as it is once it was refused. */
export function deniedFor(order: OrderRecord, { denial, reason }: Refusal): OrderRecord {
  const after = transition(order, { type: 'DENIED', reason });
  if (!after.ok) throw new Error(`an order that is ${order.status} cannot be denied`);
  return { ...order, ...after.value, denial: snapshot(denial) };
}

/**
 * Denies an order that has not left, because another leg of its request came to nothing. The caller
 * holds the portfolio's lock.
 */
export async function denyForOtherLeg(
  rows: StoreTransaction,
  order: OrderRecord,
  otherLeg: number,
  at: Date,
): Promise<OrderRecord> {
  const refusal = otherLegRefusal(otherLeg);
  const after: OrderRecord = { ...deniedFor(order, refusal), updatedAt: at };
  await rows.orders.save(after, { type: 'DENIED', reason: refusal.reason });
  return after;
}
