import { isInDoubt, isUnsent } from '@nandax/core/order/status.ts';
import { transition } from '@nandax/core/order/transition.ts';
import { stillLeaves } from '@nandax/core/traffic/traffic.ts';
import type { OrderRecord } from '../ports/orders.ts';
import { JobHeld } from '../ports/queue.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { makeRoom } from '../protection/make-room.ts';
import { foldOrder, type UpdatePorts } from './apply-broker-update.ts';
import { askBroker, type OrderInDoubt } from './ask-broker.ts';
import { denyUnsent } from './deny-unsent.ts';
import { endAtDayCap } from './end-at-day-cap.ts';
import { isItsTurn } from './follow-up-legs.ts';
import { orderEvent } from './order-event.ts';
import { loadDoorData } from './pass-door.ts';
import {
  callOf,
  passChange,
  passTraffic,
  returnPass,
  trafficClassOf,
  type TrafficPass,
} from './pass-traffic.ts';
import { noteOfShut, shutBeforeLeaving } from './shut-before-leaving.ts';

/** After this an entry of a live account that is not reconciled yet looks again. */
const untilReconciledMs = 5_000;

export type SubmitPorts = UpdatePorts & Pick<TradingPorts, 'brokers' | 'traffic'>;

/**
 * Sends an order to its broker, at most once. SUBMITTED is written before the call, so whoever
 * finds an order past INITIALIZED asks the broker instead of sending, as long as it has not
 * answered. Safe to run any number of times, side by side and after any crash. Throws JobHeld where
 * the broker's limits let it leave later only, or its account is not reconciled yet.
 */
export async function submitOrder(ports: SubmitPorts, orderId: string): Promise<void> {
  const claim = await claimOrder(ports, orderId, null);
  if (claim === null) return;
  switch (claim.next) {
    case 'ASK_TO_LEAVE':
      await askToLeave(ports, claim);
      break;
    case 'SEND':
      await send(ports, claim, null);
      break;
    case 'ASK_BROKER':
      if ((await askBroker(ports, claim)) && claim.broker.placesOnce && isUnanswered(claim)) {
        if (await takeBack(ports, claim)) return submitOrder(ports, orderId);
        // It may be there already, and then is no new order of the day.
        await passChange(ports, claim.broker.traffic, trafficClassOf(claim.order));
        await send(ports, claim, null);
      }
      break;
  }
  if (claim.order.feedId !== null) await ports.bus.publish(`feed.${claim.order.feedId}`, {});
}

interface Claim extends OrderInDoubt {
  /**
   * SEND: this call marked it SUBMITTED. ASK_TO_LEAVE: nothing is marked, the broker's limits come
   * first. ASK_BROKER: it was marked before, and the broker owes an answer.
   */
  readonly next: 'SEND' | 'ASK_TO_LEAVE' | 'ASK_BROKER';
}

/** Whether the broker has not said anything of it yet. */
function isUnanswered({ order }: Claim): boolean {
  return order.status === 'SUBMITTED' || order.status === 'UNKNOWN';
}

/**
 * Takes an order back to where it has not left, if what it was marked SUBMITTED on may hold no longer:
 * trading was shut meanwhile, or a stop rests for its units. Whoever claims it next judges it by what
 * is now. Returns whether it was taken back, which is done only where the broker can tell that it is
 * not there and cannot come any more.
 */
async function takeBack(ports: SubmitPorts, { order, broker }: Claim): Promise<boolean> {
  const { clientOrderId } = order;
  if (broker.isAbsent === undefined) return false;
  const isAbsent = broker.isAbsent.bind(broker);
  const taken = await foldOrder(ports, clientOrderId, async (now, rows) => {
    if (now.status !== 'SUBMITTED') return [];
    const portfolio = await rows.portfolios.find(now.portfolioId);
    const holds = portfolio?.tradingState === 'ACTIVE' && !(await rows.protections.everAt(now));
    return holds || !(await isAbsent(rows, clientOrderId)) ? [] : [{ type: 'NOT_TAKEN' }];
  });
  if (taken) await ports.bus.publish('outbox', {});
  return taken;
}

/**
 * Marks the order SUBMITTED, where it may leave; where trading was shut meanwhile, or a stop filled
 * first, it ends DENIED, and where a stop rests for its units it waits. Null: nothing is left to do.
 */
async function claimOrder(
  ports: SubmitPorts,
  orderId: string,
  pass: TrafficPass | null,
): Promise<Claim | null> {
  const data = await loadDoorData(ports);
  const kept: OrderRecord[] = [];
  const claim = await ports.store.transaction<Claim | null>(async (rows) => {
    const seen = await rows.orders.find(orderId);
    if (seen === null) return null;
    const portfolio = await rows.portfolios.lock(seen.portfolioId);
    if (portfolio === null) throw new Error(`portfolio ${seen.portfolioId} is gone`);
    const broker = ports.brokers.of(portfolio);
    const order = (await rows.orders.find(orderId)) ?? seen;
    const submitted = transition(order, { type: 'SUBMITTED' });
    const claim = { order, broker, account: portfolio };
    if (!submitted.ok) return isInDoubt(order.status) ? { ...claim, next: 'ASK_BROKER' } : null;
    // Whoever takes it up too early (a restart, reconciliation) leaves it; its turn brings a job.
    if (!(await isItsTurn(rows, order))) return null;
    const shut = shutBeforeLeaving(portfolio.tradingState, order);
    if (shut !== null) {
      if (await denyUnsent(rows, ports, order, shut, noteOfShut)) kept.push(order);
      return null;
    }
    const room = await makeRoom(rows, ports, data, order);
    if (room.drafts.length > 0) {
      await rows.events.append(order.userId, room.drafts, ports.clock.now());
    }
    if (!room.leaves) {
      kept.push(order);
      return null;
    }
    if (!portfolio.reconciled && !order.reducing) {
      const until = new Date(ports.clock.now().getTime() + untilReconciledMs);
      throw new JobHeld(until, `The account of ${order.clientOrderId} is not reconciled yet.`);
    }
    if (broker.traffic !== null && pass === null) return { ...claim, next: 'ASK_TO_LEAVE' };
    const now = ports.clock.now();
    const after: OrderRecord = { ...order, ...submitted.value, updatedAt: now };
    await rows.orders.save(after, { type: 'SUBMITTED' });
    await rows.events.append(order.userId, [orderEvent(after)], now);
    return { ...claim, order: after, next: 'SEND' };
  });
  for (const order of kept) await tellOf(ports, order);
  return claim;
}

/** Of one that ended, or waits for a stop to make room. */
async function tellOf({ bus }: SubmitPorts, { feedId }: OrderRecord): Promise<void> {
  await Promise.all([bus.publish('outbox', {}), bus.publish('audit', {})]);
  if (feedId !== null) await bus.publish(`feed.${feedId}`, {});
}

/** The counts are asked outside the portfolio's lock, so that no other order waits for them. */
async function askToLeave(ports: SubmitPorts, { order, broker }: Claim): Promise<void> {
  if (broker.traffic === null) return;
  const pass = await passTraffic(ports, broker.traffic, callOf(order));
  if ('kind' in pass) return endAtDayCap(ports, order, pass);
  const claim = await claimOrder(ports, order.id, pass);
  if (claim?.next === 'SEND') await send(ports, claim, pass);
}

async function send(
  ports: SubmitPorts,
  { order, broker }: Claim,
  pass: TrafficPass | null,
): Promise<void> {
  const { clientOrderId } = order;
  if (pass !== null) await keepSecond(ports, { order, broker }, pass);
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
      // Another sender may have taken it back already.
      await foldOrder(ports, clientOrderId, ({ status }) =>
        isUnsent(status) ? [] : [{ type: 'NOT_TAKEN' }],
      );
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

/**
 * Waiting for the portfolio's lock may have used up the second that the order was counted in. It is
 * then counted in the one that it leaves in; where that is full it goes back to wait.
 */
async function keepSecond(
  ports: SubmitPorts,
  { order, broker }: Pick<Claim, 'order' | 'broker'>,
  { takenAt, limits }: TrafficPass,
): Promise<void> {
  const now = ports.clock.now().getTime();
  if (stillLeaves(takenAt.getTime(), limits, now)) return;
  try {
    await passChange(ports, broker.traffic, trafficClassOf(order));
  } catch (error) {
    if (error instanceof JobHeld) {
      if (broker.traffic !== null) await returnPass(ports, broker.traffic, callOf(order));
      await foldOrder(ports, order.clientOrderId, () => [{ type: 'NOT_TAKEN' }]);
      await ports.bus.publish('outbox', {});
    }
    throw error;
  }
}
