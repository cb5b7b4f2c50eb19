import { transition } from '@nandax/core/order/transition.ts';
import { describeDenial, type Denial } from '@nandax/core/risk/denial.ts';
import { Decimal } from 'decimal.js';
import { systemActor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import { notify } from '../notifications/notify.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { UpdatePorts } from './apply-broker-update.ts';
import { followUpLegs } from './follow-up-legs.ts';
import { orderEvent } from './order-event.ts';
import { trafficClassOf } from './pass-traffic.ts';

/**
 * Ends an order that its broker's cap of the day leaves no room for, with the numbers, and tells its
 * user. Nothing was sent. Does nothing where it is no longer waiting to leave.
 */
export async function endAtDayCap(
  ports: UpdatePorts,
  { id, portfolioId }: OrderRecord,
  full: { readonly limit: number; readonly actual: number },
): Promise<void> {
  const denial: Denial = {
    code: 'BROKER_ORDERS_PER_DAY',
    limit: new Decimal(full.limit),
    actual: new Decimal(full.actual),
    scope: null,
  };
  const event = { type: 'DENIED', reason: describeDenial(denial) } as const;
  await ports.store.transaction(async (rows) => {
    await rows.portfolios.lock(portfolioId);
    const order = await rows.orders.find(id);
    if (order === null) return;
    const denied = transition(order, event);
    if (!denied.ok) return;
    const now = ports.clock.now();
    const after = { ...order, ...denied.value, denial: snapshot(denial), updatedAt: now };
    await rows.orders.save(after, event);
    const { clientOrderId, userId } = after;
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'ORDER_DENIED',
          actor: systemActor,
          entity: 'Order',
          entityId: id,
          after: { clientOrderId, denial: after.denial },
        },
      ],
      now,
    );
    const draft = await notify(rows, ports.ids, { userId, ...noteOf(after), at: now });
    const others = await followUpLegs(rows, order, after, now);
    await rows.events.append(userId, [orderEvent(after), draft, ...others], now);
  });
  await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
}

/** An exit that cannot leave leaves its user at risk: the broker's own app is the way that is left. */
function noteOf(order: OrderRecord) {
  const { side, quantity, clientOrderId, reason } = order;
  const which = `${side} ${quantity.toFixed()} (${clientOrderId}) was not sent. ${reason ?? ''}`;
  return trafficClassOf(order) === 'EXIT'
    ? {
        level: 'ERROR' as const,
        title: "An exit was not sent: the broker's cap of the day is reached",
        body: `${which} To leave the position today, use the broker's own app.`,
      }
    : {
        level: 'WARNING' as const,
        title: "An order was not sent: the broker's cap of the day is reached",
        body: which,
      };
}
