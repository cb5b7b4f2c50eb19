import type { Denial } from '@nandax/core/risk/denial.ts';
import { Decimal } from 'decimal.js';
import type { OrderRecord } from '../ports/orders.ts';
import type { UpdatePorts } from './apply-broker-update.ts';
import { denyUnsent } from './deny-unsent.ts';
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
  await ports.store.transaction(async (rows) => {
    await rows.portfolios.lock(portfolioId);
    const order = await rows.orders.find(id);
    if (order !== null) await denyUnsent(rows, ports, order, denial, noteOf);
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
