import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import type { BrokerRules } from '@nandax/core/order/broker-rules.ts';
import type { AskedTerms } from '@nandax/core/order/order.ts';
import type { ProtectionPrices } from '@nandax/core/order/plan-protection.ts';
import type { Actor } from '../actor.ts';
import { applyCorporateActions } from '../corporate/apply-corporate-actions.ts';
import { placeOrderJob } from '../jobs.ts';
import type { AuditEntry } from '../ports/audit.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderIntent, OrderRecord, OrderRequestKind, OrderSource } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { protectEntry } from '../protection/protect-entry.ts';
import type { InstrumentRecord } from '../records.ts';
import type { JudgeData } from '../risk/judge-order.ts';
import { countOrder } from '../risk/count-order.ts';
import { lockDeniedScope } from '../risk/lock-limits.ts';
import { judgeRequest } from './judge-request.ts';
import { orderEvent } from './order-event.ts';
import { trafficClassOf } from './pass-traffic.ts';

/** One order of a request. */
export interface LegAtDoor {
  readonly instrument: InstrumentRecord;
  readonly terms: AskedTerms;
  /** Whether it leaves a position and must never open the other side. */
  readonly reduceOnly: boolean;
  /** The order that it protects or follows; null: it stands alone. */
  readonly parentOrderId: string | null;
  /** The run whose order it is, and the decision that asked for it; null: it belongs to no run. */
  readonly run: { readonly id: string; readonly decisionId: string | null } | null;
  /** The prices at which what it fills is left; left out: nothing protects it. */
  readonly protection?: ProtectionPrices;
  /** Whether it is cut at the freeze quantity; left out: above it, it is denied. */
  readonly autoSlice?: boolean;
}

/** How most orders of people come: they may open a position, follow no other and belong to no run. */
export const standalone = { reduceOnly: false, parentOrderId: null, run: null } as const;

/** What the orders of a request are judged by. */
export interface AskedAtDoor {
  /** SINGLE becomes SLICED where its one order leaves in slices. */
  readonly kind: OrderRequestKind;
  readonly source: OrderSource;
  readonly intent: OrderIntent;
  /** Market time at which it was decided. */
  readonly marketTime: Date;
  /** Whether the portfolio's feed has not begun to play; left out: it has. */
  readonly beforeStart?: boolean;
  /** In the order in which they are judged and sent. */
  readonly legs: readonly LegAtDoor[];
}

/** A request that wants to pass: one key, one or more orders. */
export interface RequestAtDoor extends AskedAtDoor {
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly actor: Actor;
}

/** Dated reference data the door reads; load it before the transaction. */
export interface DoorData extends JudgeData {
  readonly brokerRules: readonly BrokerRules[];
}

export async function loadDoorData(ports: Pick<TradingPorts, 'history'>): Promise<DoorData> {
  const [rateCards, marginRates, brokerRules, markets, priceBands] = await Promise.all([
    ports.history.rateCards(),
    ports.history.marginRates(),
    ports.history.brokerRules(),
    ports.history.markets(),
    ports.history.priceBands(),
  ]);
  return { rateCards, marginRates, brokerRules, markets, priceBands };
}

type DoorPorts = Pick<TradingPorts, 'ids' | 'clock'>;

/**
 * The one door. Judges the orders of a request under the portfolio's lock, within the caller's
 * transaction, and writes each down with its first event either way: INITIALIZED with the job that
 * will send it, or DENIED with the numbers that decided. Of a BASKET only the first order gets its
 * job here: each of the others leaves after the one before it. Whatever sends orders (a person, an
 * agent, a square-off) comes through here.
 */
export async function passDoor(
  rows: StoreTransaction,
  ports: DoorPorts,
  data: DoorData,
  portfolio: LockedPortfolio,
  request: RequestAtDoor,
): Promise<{ readonly orders: readonly OrderRecord[]; readonly drafts: readonly EventDraft[] }> {
  const { idempotencyKey, requestHash, source, actor, marketTime } = request;
  const id = ports.ids.uuid();
  const createdAt = ports.clock.now();
  const { userId } = portfolio;
  // What is judged is what is held since the ex-date.
  const restated = await applyCorporateActions(rows, ports.ids, {
    portfolioId: portfolio.id,
    feedId: portfolio.feedId,
    day: exchangeDateOf(marketTime.getTime()),
    time: marketTime,
    at: createdAt,
  });
  const asked = { ...request, id, createdAt };
  const judged = await judgeRequest(rows, ports.ids, data, portfolio, asked, 'TO_DECIDE');
  const { kind, legs } = judged;
  await rows.orders.insertRequest({
    id,
    userId,
    idempotencyKey,
    requestHash,
    kind,
    source,
    createdAt,
  });
  for (const { order, isHeldUp, judgement, protection } of legs) {
    const { status, reason } = order;
    const passes = status !== 'DENIED';
    await rows.orders.insert(order, passes ? [] : [{ type: 'DENIED', reason: reason ?? '' }]);
    const { verdict, limits } = judgement;
    if (passes && protection !== null) await protectEntry(rows, ports, order, protection);
    if (passes) await countOrder(rows, limits);
    else if (!verdict.ok && !isHeldUp) {
      const { feedId } = portfolio;
      await lockDeniedScope(rows, ports, limits, verdict.failure, { feedId, marketTime });
    }
  }
  const entries = legs.map(({ order, instrument }) => auditOf(order, actor, instrument));
  await rows.audit.append(entries, createdAt);
  const orders = legs.map(({ order }) => order);
  const drafts = orders.map((order, index) => draftOf(order, index === 0));
  return { orders, drafts: [...drafts, ...restated] };
}

/** What the user is told, with the job of what leaves at once. */
function draftOf(order: OrderRecord, isFirst: boolean): EventDraft {
  const leaves = order.status !== 'DENIED' && (order.requestKind !== 'BASKET' || isFirst);
  return leaves
    ? orderEvent(order, placeOrderJob(order.id, order.clientOrderId, trafficClassOf(order)))
    : orderEvent(order);
}

function auditOf(order: OrderRecord, actor: Actor, instrument: InstrumentRecord): AuditEntry {
  return {
    chain: order.userId,
    action: order.denial === null ? 'ORDER_PLACED' : 'ORDER_DENIED',
    actor,
    entity: 'Order',
    entityId: order.id,
    after: {
      clientOrderId: order.clientOrderId,
      portfolioId: order.portfolioId,
      instrument: `${instrument.exchange}:${instrument.tradingSymbol}`,
      side: order.side,
      type: order.type,
      product: order.product,
      variety: order.variety,
      validity: order.validity,
      quantity: order.quantity.toFixed(),
      price: order.price?.toFixed() ?? null,
      triggerPrice: order.triggerPrice?.toFixed() ?? null,
      reduceOnly: order.reduceOnly,
      source: order.source,
      denial: order.denial,
    },
  };
}
