import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import { sameTerms } from '@nandax/core/order/order.ts';
import { isStop } from '@nandax/core/order/order-terms.ts';
import { isClosed } from '@nandax/core/order/status.ts';
import { transition } from '@nandax/core/order/transition.ts';
import { handOverAfter } from '../agents/hand-over.ts';
import { examineRunJob } from '../jobs.ts';
import type { BrokerOrderState } from '../ports/broker.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { followProtections, type OrderNews } from '../protection/follow-position.ts';
import { wakeWaiting } from '../protection/make-room.ts';
import type { RunRecord } from '../records.ts';
import { hasEnded } from '../runs/run-states.ts';
import { bookFill } from './book-fill.ts';
import { readBookingRates, type BookingRates } from './booking-rates.ts';
import { followUpLegs } from './follow-up-legs.ts';
import { orderEvent, portfolioEvent } from './order-event.ts';
import { loadDoorData } from './pass-door.ts';

export type UpdatePorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus' | 'log'>;

/**
 * Takes a broker's word about an order, whoever brought it (reply, push, reconciliation): its state
 * becomes events, each passes the one transition function, and order, fills, trades, position,
 * ledger and event log are saved together. The same word twice changes nothing. Does nothing where
 * the order is not ours.
 */
export async function applyBrokerUpdate(
  ports: UpdatePorts,
  state: BrokerOrderState,
): Promise<void> {
  const changed = await foldOrder(ports, state.clientOrderId, (order) => eventsOf(state, order));
  if (changed) await ports.bus.publish('outbox', {});
}

/** The events that lead from what we know of an order to what the broker shows. */
function eventsOf(state: BrokerOrderState, order: OrderRecord): OrderEvent[] {
  // Executions that are known are told again: only so can another word about one of them be seen.
  const events: OrderEvent[] = [{ type: 'ACCEPTED', brokerOrderId: state.brokerOrderId }];
  events.push(...changesOf(state, order));
  for (const { tradeId, quantity, price, executedAt } of state.executions) {
    events.push({ type: 'EXECUTED', tradeId, quantity, price, time: executedAt.getTime() });
  }
  if (state.status === 'EXPIRED') events.push({ type: 'EXPIRED' });
  if (state.status === 'CANCELLED') events.push({ type: 'CANCELLED' });
  if (state.status === 'REJECTED') {
    events.push({ type: 'REJECTED', reason: state.statusMessage ?? 'The broker gave no reason.' });
  }
  return events;
}

/** What the broker's terms say beside its executions: first these, so that more units may trade. */
function changesOf(
  { status, terms, revision }: BrokerOrderState,
  order: OrderRecord,
): OrderEvent[] {
  const events: OrderEvent[] = [];
  const newer = revision > order.termsRevision;
  if (newer || !sameTerms(terms, order)) events.push({ type: 'MODIFIED', terms, revision });
  const waited = isStop(order.type) && !order.triggered;
  if (waited && status === 'OPEN') events.push({ type: 'TRIGGERED' });
  return events;
}

/** What happened to an order, as far as it is as read under its portfolio's lock. */
type EventsFor = (
  order: OrderRecord,
  rows: StoreTransaction,
) => readonly OrderEvent[] | Promise<readonly OrderEvent[]>;

/**
 * Folds events into an order under its portfolio's lock and saves all that follows from them.
 * Returns whether anything changed.
 */
export async function foldOrder(
  ports: UpdatePorts,
  clientOrderId: string,
  eventsFor: EventsFor,
): Promise<boolean> {
  const [rates, data] = await Promise.all([readBookingRates(ports.history), loadDoorData(ports)]);
  return ports.store.transaction(async (rows) => {
    const seen = await rows.orders.findByClientOrderId(clientOrderId);
    if (seen === null) return false;
    const { drafts, news } = await fold(rows, ports, rates, seen, eventsFor);
    if (news === null) return false;
    const followed = await followProtections(rows, ports, data, news.order, news);
    const woken = await wakeWaiting(rows, ports, news.order);
    await rows.events.append(seen.userId, [...drafts, ...followed, ...woken], ports.clock.now());
    return true;
  });
}

/**
 * As `applyBrokerUpdate`, within the caller's transaction, for orders of a feed that ends: nothing is
 * protected on it any more. Returns what the user is to be told.
 */
export async function foldBrokerState(
  rows: StoreTransaction,
  ports: FoldPorts,
  rates: BookingRates,
  state: BrokerOrderState,
): Promise<readonly EventDraft[]> {
  const seen = await rows.orders.findByClientOrderId(state.clientOrderId);
  if (seen === null) return [];
  return (await fold(rows, ports, rates, seen, (order) => eventsOf(state, order))).drafts;
}

type FoldPorts = Pick<TradingPorts, 'ids' | 'clock' | 'log'>;

async function fold(
  rows: StoreTransaction,
  ports: FoldPorts,
  rates: BookingRates,
  seen: OrderRecord,
  eventsFor: EventsFor,
): Promise<{ readonly drafts: readonly EventDraft[]; readonly news: OrderNews | null }> {
  await rows.portfolios.lock(seen.portfolioId);
  const before = (await rows.orders.find(seen.id)) ?? seen;
  let order = before;
  const { clientOrderId } = order;
  const now = ports.clock.now();
  const drafts: EventDraft[] = [];
  let executedAt: Date | null = null;
  let termsChanged = false;
  let news: OrderNews | null = null;

  for (const event of await eventsFor(order, rows)) {
    const next = transition(order, event);
    if (!next.ok) {
      // Broker and we disagree in a way the table does not list: nothing is changed, a person must look.
      ports.log.error({ clientOrderId, event, failure: next.failure }, 'broker update refused');
      continue;
    }
    if (next.value === order) continue;
    const after: OrderRecord = { ...order, ...next.value, updatedAt: now };
    await rows.orders.save(after, event);
    drafts.push(orderEvent(after));
    if (event.type === 'EXECUTED') {
      const { instrument, run } = await ownersOf(rows, order);
      const agentId = run?.agentId ?? null;
      const booking = { order, agentId, instrument, execution: event, rates, at: now };
      const booked = await bookFill(rows, ports.ids, booking);
      drafts.push(...examinedAfter(run, booked), portfolioEvent(order.portfolioId));
    }
    if (event.type === 'EXECUTED') executedAt = new Date(event.time);
    if (event.type === 'MODIFIED') termsChanged = true;
    news = { order: after, event: event.type, executedAt, termsChanged };
    order = after;
  }
  drafts.push(...(await followUpLegs(rows, before, order, now)));
  if (news !== null && isClosed(order.status)) {
    drafts.push(...(await handOverAfter(rows, ports, order)));
  }
  return { drafts, news };
}

async function ownersOf(rows: StoreTransaction, order: OrderRecord) {
  const instrument = await rows.runs.findInstrument(order.instrumentId);
  if (instrument === null) throw new Error(`instrument ${order.instrumentId} is gone`);
  const run = order.runId === null ? null : await rows.runs.findRun(order.runId);
  return { instrument, run };
}

/**
 * A run whose last positions leave after its end is examined again with them, whoever left them: an order
 * by hand closes trades of runs only once they have ended.
 */
function examinedAfter(
  run: RunRecord | null,
  booked: readonly EventDraft[],
): readonly EventDraft[] {
  if (run !== null && !hasEnded(run.status)) return booked;
  return booked.map((draft) => {
    const runId = (draft.payload as { readonly runId?: string | null } | null)?.runId ?? null;
    if (draft.type !== 'TRADE_CLOSED' || runId === null) return draft;
    return { ...draft, job: examineRunJob(runId, draft.subjectId) };
  });
}
