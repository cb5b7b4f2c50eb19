import { isInDoubt } from '@nandax/core/order/status.ts';
import { transition } from '@nandax/core/order/transition.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { foldOrder, type UpdatePorts } from './apply-broker-update.ts';
import { askBroker, type OrderInDoubt } from './ask-broker.ts';
import { orderEvent } from './order-event.ts';

export type SubmitPorts = UpdatePorts & Pick<TradingPorts, 'brokers'>;

/**
 * Sends an order to its broker, at most once. SUBMITTED is written before the call, so whoever
 * finds an order past INITIALIZED asks the broker instead of sending, as long as it has not
 * answered. Safe to run any number of times, side by side and after any crash.
 */
export async function submitOrder(ports: SubmitPorts, orderId: string): Promise<void> {
  const claim = await claimOrder(ports, orderId);
  if (claim === null) return;
  if (claim.first) await send(ports, claim);
  else if ((await askBroker(ports, claim)) && claim.broker.placesOnce && isUnanswered(claim)) {
    await send(ports, claim);
  }
  if (claim.order.feedId !== null) await ports.bus.publish(`feed.${claim.order.feedId}`, {});
}

interface Claim extends OrderInDoubt {
  /** Whether this call marked it SUBMITTED. */
  readonly first: boolean;
}

/** Whether the broker has not said anything of it yet. */
function isUnanswered({ order }: Claim): boolean {
  return order.status === 'SUBMITTED' || order.status === 'UNKNOWN';
}

/** Marks the order SUBMITTED. Null: nothing is left to do. */
async function claimOrder(ports: SubmitPorts, orderId: string): Promise<Claim | null> {
  return ports.store.transaction(async (rows) => {
    const seen = await rows.orders.find(orderId);
    if (seen === null) return null;
    const portfolio = await rows.portfolios.lock(seen.portfolioId);
    if (portfolio === null) throw new Error(`portfolio ${seen.portfolioId} is gone`);
    const broker = ports.brokers.of(portfolio);
    const order = (await rows.orders.find(orderId)) ?? seen;
    const submitted = transition(order, { type: 'SUBMITTED' });
    if (!submitted.ok)
      return isInDoubt(order.status) ? { order, broker, account: portfolio, first: false } : null;
    const now = ports.clock.now();
    const after: OrderRecord = { ...order, ...submitted.value, updatedAt: now };
    await rows.orders.save(after, { type: 'SUBMITTED' });
    await rows.events.append(order.userId, [orderEvent(after)], now);
    return { order: after, broker, account: portfolio, first: true };
  });
}

async function send(ports: SubmitPorts, { order, broker }: Claim): Promise<void> {
  const { clientOrderId } = order;
  const outcome = await broker.place(order);
  switch (outcome.kind) {
    case 'ACCEPTED':
      await foldOrder(ports, clientOrderId, () => [
        { type: 'ACCEPTED', brokerOrderId: outcome.brokerOrderId },
      ]);
      break;
    case 'REJECTED':
      await foldOrder(ports, clientOrderId, () => [{ type: 'REJECTED', reason: outcome.reason }]);
      break;
    case 'NOT_TAKEN':
      await foldOrder(ports, clientOrderId, () => [{ type: 'NOT_TAKEN' }]);
      await ports.bus.publish('outbox', {});
      // The job's next attempt sends it.
      throw new Error(`The broker did not take ${clientOrderId}: ${outcome.reason}`);
    case 'TIMED_OUT':
      ports.log.warn({ clientOrderId, reason: outcome.reason }, 'order unresolved');
      await foldOrder(ports, clientOrderId, () => [{ type: 'TIMED_OUT' }]);
      break;
  }
  await ports.bus.publish('outbox', {});
}
