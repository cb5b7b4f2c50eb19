import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import type { Denial } from '@nandax/core/risk/denial.ts';
import { Decimal } from 'decimal.js';
import { systemActor } from '../actor.ts';
import { modifyOrderJob, placeOrderJob } from '../jobs.ts';
import { askForCancels } from '../orders/cancel-order.ts';
import { denyUnsent } from '../orders/deny-unsent.ts';
import { orderEvent } from '../orders/order-event.ts';
import type { DoorData } from '../orders/pass-door.ts';
import { trafficClassOf } from '../orders/pass-traffic.ts';
import type { EventDraft } from '../ports/events.ts';
import { isProtective, type OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { followProtections, type FollowPorts } from './follow-position.ts';
import { isAt, unfilledOf } from './protected-place.ts';

/** Whether an order may leave beside the stops that rest at its place, and what was asked for that. */
export interface Room {
  readonly leaves: boolean;
  /** What the user is to be told; the caller writes it down. */
  readonly drafts: readonly EventDraft[];
  /** Why a change of a working order is to be given up; null: it is not. */
  readonly denial: Denial | null;
}

/** What takes units off a position besides an order, and what is left for it. */
interface Crowd {
  /** Exits of protections that may still execute. */
  readonly protective: readonly OrderRecord[];
  /** Units that are held and that no other order ahead of it takes off. */
  readonly free: Decimal;
}

/**
 * Makes room for an order that takes units off a position, before it leaves or a change of it does:
 * stops that rest for its units are changed or taken back first, so that never more leaves than is
 * held. It waits until the broker has answered about them (`wakeWaiting` brings it up again). Where
 * they filled meanwhile what it was to take off is gone: it is denied, a change is to be given up.
 * Within the caller's transaction, which holds the portfolio's lock.
 */
export async function makeRoom(
  rows: StoreTransaction,
  ports: FollowPorts,
  data: DoorData,
  order: OrderRecord,
): Promise<Room> {
  if (isProtective(order) || !(await rows.protections.everAt(order))) {
    return { leaves: true, drafts: [], denial: null };
  }
  const before = await crowdOf(rows, order);
  if (before === null || hasRoom(order, before)) return verdictOf(rows, ports, order, before, []);
  const drafts = [...(await followProtections(rows, ports, data, order, null))];
  const after = await crowdOf(rows, order);
  if (after === null || hasRoom(order, after)) return verdictOf(rows, ports, order, after, drafts);
  // Stops that nothing follows any more (their protection was taken away) are in nobody's hand.
  if (
    after.protective.every(({ status }) => status === 'ACCEPTED' || status === 'PARTIALLY_FILLED')
  ) {
    drafts.push(...(await askForCancels(rows, ports, after.protective, systemActor)).drafts);
  }
  return { leaves: false, drafts, denial: null };
}

/** The orders, and changes of them, that waited for a stop to make room get the jobs that send them. */
export async function wakeWaiting(
  rows: StoreTransaction,
  ports: Pick<FollowPorts, 'ids'>,
  stop: OrderRecord,
): Promise<readonly EventDraft[]> {
  if (!isProtective(stop)) return [];
  const working = await rows.orders.working(stop.portfolioId);
  return working
    .filter(
      (order) =>
        (order.status === 'INITIALIZED' || order.status === 'MODIFY_PENDING') &&
        !isProtective(order) &&
        order.side === stop.side &&
        isAt(order, stop),
    )
    .map((order) => {
      const { id, clientOrderId, modificationCount } = order;
      const [traffic, call] = [trafficClassOf(order), ports.ids.uuid()];
      const job =
        order.status === 'INITIALIZED'
          ? placeOrderJob(id, clientOrderId, traffic, call)
          : modifyOrderJob(id, clientOrderId, modificationCount, traffic, call);
      return orderEvent(order, job);
    });
}

/** Null: it takes nothing off what is held. */
async function crowdOf(rows: StoreTransaction, order: OrderRecord): Promise<Crowd | null> {
  const positions = await rows.portfolios.positions(order.portfolioId);
  const position = positions.find((held) => isAt(held, order));
  const net = position === undefined ? new Decimal(0) : netQuantityOf(position);
  const isSame = order.side === 'SELL' ? net.isNegative() : net.isPositive();
  if (isSame) return null;
  const here = (await rows.orders.working(order.portfolioId)).filter(
    (other) => other.id !== order.id && other.side === order.side && isAt(other, order),
  );
  const isAhead = ({ id, status }: OrderRecord) => status !== 'INITIALIZED' || id < order.id;
  const others = here.filter((other) => !isProtective(other) && isAhead(other));
  return {
    protective: here.filter((other) => isProtective(other)),
    free: Decimal.max(net.abs().minus(unfilledOf(others)), 0),
  };
}

function hasRoom(order: OrderRecord, { protective, free }: Crowd): boolean {
  if (protective.length === 0) return true;
  return unfilledOf(protective).plus(unfilledQuantityOf(order)).lessThanOrEqualTo(free);
}

/** What only took units off when the door decided must not open the other side now. */
async function verdictOf(
  rows: StoreTransaction,
  ports: FollowPorts,
  order: OrderRecord,
  crowd: Crowd | null,
  drafts: readonly EventDraft[],
): Promise<Room> {
  const units = unfilledQuantityOf(order);
  if (crowd === null || !order.reducing || units.lessThanOrEqualTo(crowd.free)) {
    return { leaves: true, drafts, denial: null };
  }
  const denial: Denial = { code: 'NOT_REDUCING', limit: crowd.free, actual: units, scope: null };
  if (order.status !== 'INITIALIZED') return { leaves: false, drafts, denial };
  if (drafts.length > 0) await rows.events.append(order.userId, drafts, ports.clock.now());
  await denyUnsent(rows, ports, order, denial, ({ side, quantity }) => ({
    level: 'WARNING',
    title: 'An exit was not sent: the stop was first',
    body: `${side} ${quantity.toFixed()} was not sent, because only ${crowd.free.toFixed()} units of it are still held: the stop that rested for them filled.`,
  }));
  return { leaves: false, drafts: [], denial: null };
}
