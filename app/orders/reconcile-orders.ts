import type { OrderStatus } from '@nandax/core/order/status.ts';
import { JobHeld } from '../ports/queue.ts';
import { ChangeUnanswered, sendCancel, sendModification } from './change-at-broker.ts';
import { submitOrder, type SubmitPorts } from './submit-order.ts';

/** An order that waits longer than this for its broker is looked after. */
const patienceMs = 15_000;

/**
 * Takes up orders that nobody brought to an answer: one whose job used up its attempts is sent, one
 * that was marked SUBMITTED is asked about, a change or a cancel is asked for again. Runs at the
 * start of a worker and regularly; run twice on an unchanged book it changes nothing. One that
 * cannot be brought on holds up no other.
 */
export async function reconcileOrders(ports: SubmitPorts): Promise<void> {
  const since = new Date(ports.clock.now().getTime() - patienceMs);
  const waiting = await ports.store.read(({ orders }) => orders.unansweredSince(since));
  for (const { id, status } of waiting) {
    await bringOn(ports, id, status).catch((error: unknown) => {
      // What the broker's limits hold is taken up by its job, or here the next time.
      if (error instanceof JobHeld) return;
      if (error instanceof ChangeUnanswered) {
        ports.log.warn({ orderId: id, reason: error.message }, 'order not reconciled');
        return;
      }
      ports.log.error({ error, orderId: id }, 'order not reconciled');
    });
  }
}

function bringOn(ports: SubmitPorts, orderId: string, status: OrderStatus): Promise<void> {
  if (status === 'CANCEL_PENDING') return sendCancel(ports, orderId);
  if (status === 'MODIFY_PENDING') return sendModification(ports, orderId);
  return submitOrder(ports, orderId);
}
