import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import type { OrderStatus } from '@nandax/core/order/status.ts';
import { describeDenial } from '@nandax/core/risk/denial.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import type { Broker, PlacedOrder, RequestOutcome } from '../ports/broker.ts';
import { isProtective, type OrderRecord } from '../ports/orders.ts';
import { JobHeld } from '../ports/queue.ts';
import { applyBrokerUpdate, foldOrder } from './apply-broker-update.ts';
import { makeRoom, type Room } from '../protection/make-room.ts';
import { loadDoorData } from './pass-door.ts';
import { passChange, passRead, trafficClassOf } from './pass-traffic.ts';
import { shutBeforeLeaving } from './shut-before-leaving.ts';
import type { SubmitPorts } from './submit-order.ts';

/**
 * Asks the broker for an order back. Safe to run any number of times: nothing is asked of an order
 * that no longer waits for it, and asking twice is asking once. Throws JobHeld where the broker's
 * limits let it be asked later only.
 */
export async function sendCancel(ports: SubmitPorts, orderId: string): Promise<void> {
  const found = await findWaiting(ports, orderId, 'CANCEL_PENDING');
  if (found === null) return;
  const { order, broker } = found;
  await passChange(ports, broker.traffic, 'EXIT');
  const outcome = await broker.cancel(order);
  await hear(ports, found, outcome, (reason) => ({ type: 'CANCEL_REJECTED', reason }));
}

/**
 * Asks the broker for the terms that an order waits for; safe to repeat, as above. A change that
 * trading was shut for meanwhile is given up; one that takes more units off a position waits until
 * the stop that rests for them has made room.
 */
export async function sendModification(ports: SubmitPorts, orderId: string): Promise<void> {
  const found = await findWaiting(ports, orderId, 'MODIFY_PENDING');
  if (found === null) return;
  const { order, broker, tradingState } = found;
  if (order.requestedTerms === null) return;
  // An exit of a protection grows with what is held, and opens nothing.
  const grows = !isProtective(order) && order.requestedTerms.quantity.greaterThan(order.quantity);
  const reducing = order.reducing && !grows;
  const room = await roomFor(ports, order.id);
  if (room === null) return;
  const denial = shutBeforeLeaving(tradingState, { ...order, reducing }) ?? room.denial;
  if (denial === null && !room.leaves) return;
  if (denial !== null) {
    const reason = describeDenial(denial);
    await foldOrder(ports, order.clientOrderId, () => [{ type: 'MODIFY_REJECTED', reason }]);
    await ports.bus.publish('outbox', {});
    return;
  }
  await passChange(ports, broker.traffic, trafficClassOf(order));
  const outcome = await broker.modify(order, order.requestedTerms);
  await hear(ports, found, outcome, (reason) => ({ type: 'MODIFY_REJECTED', reason }));
}

/** Null: it does not wait for a change any more. */
async function roomFor(ports: SubmitPorts, orderId: string): Promise<Room | null> {
  const data = await loadDoorData(ports);
  const room = await ports.store.transaction(async (rows) => {
    const seen = await rows.orders.find(orderId);
    if (seen === null) return null;
    await rows.portfolios.lock(seen.portfolioId);
    const order = (await rows.orders.find(orderId)) ?? seen;
    if (order.status !== 'MODIFY_PENDING') return null;
    const made = await makeRoom(rows, ports, data, order);
    if (made.drafts.length > 0) {
      await rows.events.append(order.userId, made.drafts, ports.clock.now());
    }
    return made;
  });
  if (room !== null && room.drafts.length > 0) {
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  }
  return room;
}

/** The broker gave no answer to a change or a cancel; asking twice is asking once, so it is asked again. */
export class ChangeUnanswered extends Error {
  constructor(clientOrderId: string, reason: string) {
    super(`The broker did not answer about ${clientOrderId}: ${reason}`);
  }
}

interface Waiting {
  readonly order: OrderRecord & PlacedOrder;
  readonly broker: Broker;
  readonly tradingState: TradingState;
}

async function findWaiting(
  ports: SubmitPorts,
  orderId: string,
  status: OrderStatus,
): Promise<Waiting | null> {
  const found = await ports.store.transaction(async (rows) => {
    const order = await rows.orders.find(orderId);
    if (order === null) return null;
    const portfolio = await rows.portfolios.lock(order.portfolioId);
    if (portfolio === null) return null;
    const { tradingState } = portfolio;
    return { order, broker: ports.brokers.of(portfolio), tradingState };
  });
  if (found === null || found.order.status !== status) return null;
  const { order, broker, tradingState } = found;
  const { brokerOrderId } = order;
  if (brokerOrderId === null) {
    // A push told of it before the broker's reply; its books know the id.
    await passRead(
      ports,
      broker.traffic,
      status === 'CANCEL_PENDING' ? 'EXIT' : trafficClassOf(order),
    );
    const seen = await broker.lookUp(order.clientOrderId);
    if (seen.kind !== 'FOUND') throw new Error(`The broker's id of ${orderId} is not known.`);
    await applyBrokerUpdate(ports, seen.state);
    const placed = { ...order, brokerOrderId: seen.state.brokerOrderId };
    return { order: placed, broker, tradingState };
  }
  return { order: { ...order, brokerOrderId }, broker, tradingState };
}

/** A refusal is the broker's word; what became of an order that it took, its books tell. */
async function hear(
  ports: SubmitPorts,
  { order, broker }: Waiting,
  outcome: RequestOutcome,
  refusal: (reason: string) => OrderEvent,
): Promise<void> {
  const { clientOrderId } = order;
  switch (outcome.kind) {
    case 'ACCEPTED':
      await lookAtOnce(ports, broker, order);
      break;
    case 'REJECTED':
      // Perhaps because it has ended, or has the terms already: that word goes before the refusal.
      await lookAtOnce(ports, broker, order);
      await foldOrder(ports, clientOrderId, () => [refusal(outcome.reason)]);
      await ports.bus.publish('outbox', {});
      break;
    case 'NOT_TAKEN':
    case 'TIMED_OUT':
      throw new ChangeUnanswered(clientOrderId, outcome.reason);
  }
  if (order.feedId !== null) await ports.bus.publish(`feed.${order.feedId}`, {});
}

/** Takes the broker's word where its limits leave room to ask; where not, later looks bring it. */
async function lookAtOnce(ports: SubmitPorts, broker: Broker, order: OrderRecord): Promise<void> {
  try {
    await passRead(
      ports,
      broker.traffic,
      order.status === 'CANCEL_PENDING' ? 'EXIT' : trafficClassOf(order),
    );
  } catch (error) {
    if (error instanceof JobHeld) return;
    throw error;
  }
  const seen = await broker.lookUp(order.clientOrderId);
  if (seen.kind === 'FOUND') await applyBrokerUpdate(ports, seen.state);
}
