import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { brokerRulesOn } from '@nandax/core/order/broker-rules.ts';
import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import { transition } from '@nandax/core/order/transition.ts';
import { notify } from '../notifications/notify.ts';
import { handOverAfter } from '../agents/hand-over.ts';
import type { Broker, BrokerAccount } from '../ports/broker.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { applyBrokerUpdate, type UpdatePorts } from './apply-broker-update.ts';
import { followUpLegs } from './follow-up-legs.ts';
import { orderEvent } from './order-event.ts';
import { passRead, trafficClassOf, type TrafficPorts } from './pass-traffic.ts';

/** An order whose broker owes an answer. */
export interface OrderInDoubt {
  readonly order: OrderRecord;
  readonly broker: Broker;
  readonly account: BrokerAccount;
}

/**
 * Asks the broker what became of an order, by its tag: one targeted query, and, where that does not
 * know it, the order book. Only where both were read and neither shows it, the absence is counted;
 * after the number of them that the broker's rules name the order ends as NOT_PLACED and its user is
 * told. A read that failed is no answer and counts nothing. Returns whether it was absent. Throws
 * JobHeld where the broker's limits leave no room to ask now.
 */
export async function askBroker(
  ports: UpdatePorts & TrafficPorts,
  { order, broker, account }: OrderInDoubt,
): Promise<boolean> {
  const { clientOrderId } = order;
  const of = trafficClassOf(order);
  await passRead(ports, broker.traffic, of);
  const found = await broker.lookUp(clientOrderId);
  if (found.kind === 'FOUND') {
    await applyBrokerUpdate(ports, found.state);
    return false;
  }
  if (found.kind === 'FAILED') {
    ports.log.warn({ clientOrderId, reason: found.reason }, 'order lookup failed');
    return false;
  }
  // A crash fell between the mark and the call. A broker that is known to take one client order id
  // once is handed the same order again; its caller does that.
  if (broker.placesOnce) return true;
  await passRead(ports, broker.traffic, of);
  const book = await broker.orderBook(account);
  if (book.kind === 'FAILED') {
    ports.log.warn({ clientOrderId, reason: book.reason }, 'order book not read');
    return false;
  }
  const shown = book.orders.find((state) => state.clientOrderId === clientOrderId);
  if (shown === undefined) await countAbsence(ports, order.id);
  else await applyBrokerUpdate(ports, { ...shown, clientOrderId });
  return shown === undefined;
}

async function countAbsence(ports: UpdatePorts, orderId: string): Promise<void> {
  const brokerRules = await ports.history.brokerRules();
  await ports.store.transaction(async (rows) => {
    const seen = await rows.orders.find(orderId);
    if (seen === null) return;
    await rows.portfolios.lock(seen.portfolioId);
    const order = (await rows.orders.find(orderId)) ?? seen;
    if (order.status !== 'SUBMITTED' && order.status !== 'UNKNOWN') return;
    const now = ports.clock.now();
    const rules = brokerRulesOn(brokerRules, exchangeDateOf(now.getTime()));
    const reads = await rows.orders.countAbsentRead(orderId);
    const enough = reads >= rules.absentReadsUntilNotPlaced;
    const events: OrderEvent[] = [{ type: 'TIMED_OUT' }];
    if (enough) {
      const reason = `The broker did not answer, and ${reads} readings of its books do not show it.`;
      events.push({ type: 'NOT_FOUND', reason });
    }
    const { after, drafts } = await saveEvents(rows, order, events, now);
    if (after.status === 'NOT_PLACED') drafts.push(await tell(rows, ports, after, reads));
    drafts.push(...(await followUpLegs(rows, order, after, now)));
    if (enough) drafts.push(...(await handOverAfter(rows, ports, after)));
    if (drafts.length > 0) await rows.events.append(order.userId, drafts, now);
  });
  await ports.bus.publish('outbox', {});
}

async function saveEvents(
  rows: StoreTransaction,
  order: OrderRecord,
  events: readonly OrderEvent[],
  now: Date,
): Promise<{ readonly after: OrderRecord; readonly drafts: EventDraft[] }> {
  let after = order;
  const drafts: EventDraft[] = [];
  for (const event of events) {
    const next = transition(after, event);
    if (!next.ok) throw new Error(`an order that is ${after.status} takes no ${event.type}`);
    if (next.value === after) continue;
    after = { ...after, ...next.value, updatedAt: now };
    await rows.orders.save(after, event);
    drafts.push(orderEvent(after));
  }
  return { after, drafts };
}

async function tell(
  rows: StoreTransaction,
  ports: UpdatePorts,
  order: OrderRecord,
  reads: number,
): Promise<EventDraft> {
  const { userId, side, quantity, clientOrderId } = order;
  return notify(rows, ports.ids, {
    userId,
    level: 'ERROR',
    title: 'An order was not placed',
    body: `The broker did not answer when ${side} ${quantity.toFixed()} was sent (${clientOrderId}), and ${reads} readings of its books do not show it. To try again, place it with a new key.`,
    at: ports.clock.now(),
  });
}
