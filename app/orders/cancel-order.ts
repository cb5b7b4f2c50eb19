import { isCancellable } from '@nandax/core/order/status.ts';
import { transition } from '@nandax/core/order/transition.ts';
import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor, Actor } from '../actor.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import { cancelOrderJob } from '../jobs.ts';
import { handOverAfter } from '../agents/hand-over.ts';
import type { EventDraft } from '../ports/events.ts';
import { isProtective, type OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { followUpLegs } from './follow-up-legs.ts';
import { coverStays, isOfCover, removeWithOrders } from '../protection/end-protection.ts';
import { orderEvent } from './order-event.ts';
import { missingTradeScope, type ScopeMissing } from './trade-scope.ts';

type CancelPorts = Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>;

export type CancelOrderFailure = NotFound | IllegalState | ScopeMissing;

/**
 * Takes the rest of an order back: at once where it has not left, else by asking the broker, whose
 * word ends it; it may fill until then. Asking again while the broker is being asked changes nothing.
 */
export async function cancelOrder(
  ports: CancelPorts,
  { actor, orderId }: { readonly actor: AccountActor; readonly orderId: string },
): Promise<Result<OrderRecord, CancelOrderFailure>> {
  const cancelled = await ports.store.transaction(async (rows) => {
    const seen = await rows.orders.find(orderId);
    if (seen?.userId !== actor.userId) return fail(notFound('Order', orderId));
    const portfolio = await rows.portfolios.lock(seen.portfolioId);
    if (portfolio === null) return fail(notFound('Order', orderId));
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);
    const order = (await rows.orders.find(orderId)) ?? seen;
    if (order.status === 'CANCEL_PENDING') return succeed(order);
    if (isProtective(order) && (await isOfCover(rows, order.parentOrderId))) {
      return fail(illegalState(order.status, coverStays));
    }
    const asked = await takeBack(rows, ports, order, actor);
    return asked === null
      ? fail(illegalState(order.status, `An order that is ${order.status} cannot be cancelled.`))
      : succeed(asked);
  });
  if (cancelled.ok) await publish(ports);
  return cancelled;
}

/** Ends an order that has not left for its broker, in the caller's transaction; one that has stays. */
export async function takeBackUnsent(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  { actor, orderId }: { readonly actor: Actor; readonly orderId: string },
): Promise<void> {
  const seen = await rows.orders.find(orderId);
  if (seen?.status !== 'INITIALIZED') return;
  await rows.portfolios.lock(seen.portfolioId);
  const order = await rows.orders.find(orderId);
  if (order?.status === 'INITIALIZED') await takeBack(rows, ports, order, actor);
}

/** Under the portfolio's lock. Null: in its status there is nothing to take back. */
async function takeBack(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  order: OrderRecord,
  actor: Actor,
): Promise<OrderRecord | null> {
  const asked = await askForCancel(rows, ports, order, actor);
  if (asked === null) return null;
  const now = ports.clock.now();
  const others = await followUpLegs(rows, order, asked.order, now);
  const left = await handOverAfter(rows, ports, order);
  const removed = await removeWithOrders(rows, ports, [order]);
  await rows.events.append(order.userId, [asked.draft, ...others, ...left, ...removed], now);
  return asked.order;
}

/** What became of the working orders of a portfolio. */
export interface CancelledOrders {
  /** Orders that were taken back or are being taken back. */
  readonly cancelled: number;
  /** Orders whose broker has not answered yet, so that it cannot be asked. */
  readonly unanswered: number;
}

/**
 * Cancels every working order of a portfolio, as `cancelOrder` does with one; stops of cover orders
 * stay.
 */
export async function cancelAllOrders(
  ports: CancelPorts,
  { actor, portfolioId }: { readonly actor: AccountActor; readonly portfolioId: string },
): Promise<Result<CancelledOrders, NotFound | ScopeMissing>> {
  const cancelled = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(portfolioId);
    if (portfolio?.userId !== actor.userId) return fail(notFound('Portfolio', portfolioId));
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);
    const working = await withoutCovers(rows, await rows.orders.working(portfolioId));
    const { drafts, ...counts } = await askForCancels(rows, ports, working, actor);
    const removed = await removeWithOrders(rows, ports, working);
    await rows.events.append(portfolio.userId, [...drafts, ...removed], ports.clock.now());
    return succeed(counts);
  });
  if (cancelled.ok) await publish(ports);
  return cancelled;
}

async function withoutCovers(
  rows: StoreTransaction,
  orders: readonly OrderRecord[],
): Promise<readonly OrderRecord[]> {
  const kept: OrderRecord[] = [];
  for (const order of orders) {
    if (isProtective(order) && (await isOfCover(rows, order.parentOrderId))) continue;
    kept.push(order);
  }
  return kept;
}

/** Asks for every one of these orders back, in the caller's transaction and under its lock. */
export async function askForCancels(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  orders: readonly OrderRecord[],
  actor: Actor,
): Promise<CancelledOrders & { readonly drafts: readonly EventDraft[] }> {
  const drafts: EventDraft[] = [];
  const changed: { readonly before: OrderRecord; readonly after: OrderRecord }[] = [];
  let cancelled = 0;
  let unanswered = 0;
  for (const order of orders) {
    const asked = await askForCancel(rows, ports, order, actor);
    if (asked !== null) {
      drafts.push(asked.draft);
      changed.push({ before: order, after: asked.order });
    }
    if (asked !== null || order.status === 'CANCEL_PENDING') cancelled += 1;
    else unanswered += 1;
  }
  // When all were asked: legs of the same basket that are among them are taken back, not denied.
  for (const { before, after } of changed) {
    drafts.push(...(await followUpLegs(rows, before, after, after.updatedAt)));
    drafts.push(...(await handOverAfter(rows, ports, after)));
  }
  return { cancelled, unanswered, drafts };
}

/** Null: in its status there is nothing to ask. */
async function askForCancel(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  order: OrderRecord,
  actor: Actor,
): Promise<{ readonly order: OrderRecord; readonly draft: EventDraft } | null> {
  if (!isCancellable(order.status)) return null;
  const unsent = order.status === 'INITIALIZED';
  // Whoever would send it needs this lock to mark it SUBMITTED, and finds that it has ended.
  const event: OrderEvent = { type: unsent ? 'CANCELLED' : 'CANCEL_REQUESTED' };
  const next = transition(order, event);
  if (!next.ok) throw new Error(`an order that is ${order.status} takes no ${event.type}`);
  const now = ports.clock.now();
  const after: OrderRecord = { ...order, ...next.value, updatedAt: now };
  await rows.orders.save(after, event);
  const { clientOrderId, status } = after;
  await rows.audit.append(
    [
      {
        chain: order.userId,
        action: 'ORDER_CANCEL_REQUESTED',
        actor,
        entity: 'Order',
        entityId: order.id,
        after: { clientOrderId, status },
      },
    ],
    now,
  );
  const job = unsent ? undefined : cancelOrderJob(order.id, clientOrderId, ports.ids.uuid());
  return { order: after, draft: orderEvent(after, job) };
}

async function publish(ports: CancelPorts): Promise<void> {
  await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
}
