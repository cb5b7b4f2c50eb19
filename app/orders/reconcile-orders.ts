import { submitOrder, type SubmitPorts } from './submit-order.ts';

/** An order that waits longer than this for its broker is looked after. */
const patienceMs = 15_000;

/**
 * Takes up orders that nobody brought to an answer: one whose job used up its attempts is sent, one
 * that was marked SUBMITTED is asked about. Runs at the start of a worker and every minute; run twice
 * on an unchanged book it changes nothing. One that cannot be brought on holds up no other.
 */
export async function reconcileOrders(ports: SubmitPorts): Promise<void> {
  const since = new Date(ports.clock.now().getTime() - patienceMs);
  const waiting = await ports.store.read(({ orders }) => orders.unansweredSince(since));
  for (const { id } of waiting) {
    await submitOrder(ports, id).catch((error: unknown) =>
      ports.log.error({ error, orderId: id }, 'order not reconciled'),
    );
  }
}
