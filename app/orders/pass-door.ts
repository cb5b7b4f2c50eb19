import { clientOrderIdOf } from '@nandax/core/order/client-order-id.ts';
import { initializeOrder, plainTerms } from '@nandax/core/order/order.ts';
import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import { transition } from '@nandax/core/order/transition.ts';
import { describeDenial } from '@nandax/core/risk/denial.ts';
import type { Decimal } from 'decimal.js';
import type { Actor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import { placeOrderJob } from '../jobs.ts';
import type { AuditEntry } from '../ports/audit.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderIntent, OrderRecord, OrderSource } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord } from '../records.ts';
import { countOrder, lockScope } from '../risk/mark-limits.ts';
import { judgeOrder, type JudgeData } from '../risk/judge-order.ts';
import { orderEvent } from './order-event.ts';

/** A market order that wants to pass. */
export interface OrderAtDoor {
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly source: OrderSource;
  readonly actor: Actor;
  readonly intent: OrderIntent;
  readonly instrument: InstrumentRecord;
  readonly side: Side;
  readonly product: Product;
  readonly quantity: Decimal;
  /** Market time at which it was decided. */
  readonly marketTime: Date;
  /** The run that sends it; null for a person's own order. */
  readonly run: { readonly id: string; readonly decisionId: string } | null;
}

export async function loadDoorData(ports: Pick<TradingPorts, 'history'>): Promise<JudgeData> {
  const [rateCards, marginRates] = await Promise.all([
    ports.history.rateCards(),
    ports.history.marginRates(),
  ]);
  return { rateCards, marginRates };
}

/**
 * The one door. Decides an order under the portfolio's lock, within the caller's transaction, and
 * writes it down with its first event either way: INITIALIZED with the job that will send it, or
 * DENIED with the numbers that decided. Whatever sends orders (a person, an agent, a square-off)
 * comes through here.
 */
export async function passDoor(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  data: JudgeData,
  portfolio: LockedPortfolio,
  asked: OrderAtDoor,
): Promise<{ readonly order: OrderRecord; readonly draft: EventDraft }> {
  const { instrument, side, product, quantity, marketTime } = asked;
  const terms = {
    instrument,
    side,
    product,
    quantity,
    price: null,
    triggerPrice: null,
    marketTime,
    runId: asked.run?.id ?? null,
  };
  const { verdict, referencePrice, limits } = await judgeOrder(rows, data, portfolio, terms);

  const now = ports.clock.now();
  const id = ports.ids.uuid();
  const requestId = ports.ids.uuid();
  const initialized: OrderRecord = {
    ...initializeOrder({
      ...plainTerms,
      clientOrderId: clientOrderIdOf(id),
      side,
      type: 'MARKET',
      product,
      quantity,
    }),
    id,
    userId: portfolio.userId,
    portfolioId: portfolio.id,
    orderRequestId: requestId,
    legNumber: 1,
    parentOrderId: null,
    instrumentId: instrument.id,
    runId: asked.run?.id ?? null,
    agentDecisionId: asked.run?.decisionId ?? null,
    feedId: portfolio.feedId,
    source: asked.source,
    intent: asked.intent,
    denial: null,
    referencePrice,
    marketTime,
    createdAt: now,
    updatedAt: now,
  };
  const events: OrderEvent[] = [];
  let order = initialized;
  if (!verdict.ok) {
    const denied: OrderEvent = { type: 'DENIED', reason: describeDenial(verdict.failure) };
    const after = transition(initialized, denied);
    if (!after.ok) throw new Error('a new order cannot be denied');
    order = { ...initialized, ...after.value, denial: snapshot(verdict.failure) };
    events.push(denied);
  }
  const { idempotencyKey, requestHash, source } = asked;
  await rows.orders.insert(
    {
      id: requestId,
      userId: portfolio.userId,
      idempotencyKey,
      requestHash,
      kind: 'SINGLE',
      source,
      createdAt: now,
    },
    order,
    events,
  );
  if (verdict.ok) await countOrder(rows, limits);
  else await lockScope(rows, ports, portfolio, limits, verdict.failure, marketTime);
  await rows.audit.append([auditOf(order, asked)], now);
  const draft = verdict.ok
    ? orderEvent(order, placeOrderJob(order.id, order.clientOrderId))
    : orderEvent(order);
  return { order, draft };
}

function auditOf(order: OrderRecord, { actor, instrument }: OrderAtDoor): AuditEntry {
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
      quantity: order.quantity.toFixed(),
      source: order.source,
      denial: order.denial,
    },
  };
}
