import { legStateOf } from '@nandax/core/order/leg-state.ts';
import { nextStepsOf } from '@nandax/core/order/leg-sequence.ts';
import { placeOrderJob } from '../jobs.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { denyForOtherLeg } from './deny-order.ts';
import { orderEvent } from './order-event.ts';
import { trafficClassOf } from './pass-traffic.ts';

/**
 * Does with the other legs of a basket what the new state of one asks for, in the transaction that
 * changes it and under its portfolio's lock: the next leg gets the job that sends it, or, where this
 * one came to nothing, those that have not left are denied. Returns what the user is to be told.
 */
export async function followUpLegs(
  rows: StoreTransaction,
  before: OrderRecord,
  after: OrderRecord,
  at: Date,
): Promise<readonly EventDraft[]> {
  if (after.requestKind !== 'BASKET' || legStateOf(before) === legStateOf(after)) return [];
  const { send, stoppedBy, stopped } = nextStepsOf(await rows.orders.legs(after.orderRequestId));
  const drafts: EventDraft[] = [];
  if (send !== null)
    drafts.push(orderEvent(send, placeOrderJob(send.id, send.clientOrderId, trafficClassOf(send))));
  for (const leg of stopped) {
    const denied = await denyForOtherLeg(rows, leg, stoppedBy?.legNumber ?? leg.legNumber, at);
    drafts.push(orderEvent(denied));
  }
  return drafts;
}

/** Whether an order that has not left may leave: of a basket, only the one whose turn it is. */
export async function isItsTurn(rows: StoreTransaction, order: OrderRecord): Promise<boolean> {
  if (order.requestKind !== 'BASKET') return true;
  const { send } = nextStepsOf(await rows.orders.legs(order.orderRequestId));
  return send?.id === order.id;
}
