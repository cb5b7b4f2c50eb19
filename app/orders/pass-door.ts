import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import type { MarketBook } from '@nandax/core/calendar/market-book.ts';
import { brokerRulesOn, type BrokerRules } from '@nandax/core/order/broker-rules.ts';
import {
  checkTerms,
  describeTermsDenial,
  type TermsDenial,
} from '@nandax/core/order/check-terms.ts';
import { describeSessionDenial, type SessionDenial } from '@nandax/core/order/check-session.ts';
import { clientOrderIdOf } from '@nandax/core/order/client-order-id.ts';
import { initializeOrder, type AskedTerms } from '@nandax/core/order/order.ts';
import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import { transition } from '@nandax/core/order/transition.ts';
import { describeDenial, type Denial } from '@nandax/core/risk/denial.ts';
import type { RiskScope } from '@nandax/core/risk/risk-limits.ts';
import type { Actor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import { placeOrderJob } from '../jobs.ts';
import type { AuditEntry } from '../ports/audit.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderIntent, OrderRecord, OrderRequestKind, OrderSource } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord } from '../records.ts';
import { countOrder, lockScope } from '../risk/mark-limits.ts';
import { judgeOrder, type JudgeData, type Judgement } from '../risk/judge-order.ts';
import { orderEvent } from './order-event.ts';
import { keepsCutOff, sentTermsOf, sessionDenialOf } from './session-at-door.ts';

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
}

/** How most orders of people come: they may open a position, follow no other and belong to no run. */
export const standalone = { reduceOnly: false, parentOrderId: null, run: null } as const;

/** A request that wants to pass: one key, one or more orders. */
export interface RequestAtDoor {
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly kind: OrderRequestKind;
  readonly source: OrderSource;
  readonly actor: Actor;
  readonly intent: OrderIntent;
  /** Market time at which it was decided. */
  readonly marketTime: Date;
  /** Whether the portfolio's feed has not begun to play; left out: it has. */
  readonly beforeStart?: boolean;
  /** In the order in which they are judged and sent. */
  readonly legs: readonly LegAtDoor[];
}

/** Dated reference data the door reads; load it before the transaction. */
export interface DoorData extends JudgeData {
  readonly brokerRules: readonly BrokerRules[];
  readonly markets: MarketBook;
}

export async function loadDoorData(ports: Pick<TradingPorts, 'history'>): Promise<DoorData> {
  const [rateCards, marginRates, brokerRules, markets] = await Promise.all([
    ports.history.rateCards(),
    ports.history.marginRates(),
    ports.history.brokerRules(),
    ports.history.markets(),
  ]);
  return { rateCards, marginRates, brokerRules, markets };
}

type DoorPorts = Pick<TradingPorts, 'ids' | 'clock'>;

/**
 * The one door. Decides the orders of a request under the portfolio's lock, within the caller's
 * transaction, and writes each down with its first event either way: INITIALIZED with the job that
 * will send it, or DENIED with the numbers that decided. The first denial ends the request, except
 * an EXIT's; what would have come after it is not written. Whatever sends orders (a person, an agent, a square-off)
 * comes through here.
 */
export async function passDoor(
  rows: StoreTransaction,
  ports: DoorPorts,
  data: DoorData,
  portfolio: LockedPortfolio,
  request: RequestAtDoor,
): Promise<{ readonly orders: readonly OrderRecord[]; readonly drafts: readonly EventDraft[] }> {
  const { idempotencyKey, requestHash, kind, source } = request;
  const requestId = ports.ids.uuid();
  const createdAt = ports.clock.now();
  const { userId } = portfolio;
  await rows.orders.insertRequest({
    id: requestId,
    userId,
    idempotencyKey,
    requestHash,
    kind,
    source,
    createdAt,
  });
  const orders: OrderRecord[] = [];
  const drafts: EventDraft[] = [];
  for (const [index, leg] of request.legs.entries()) {
    const place = { requestId, legNumber: index + 1 };
    const order = await passLeg(rows, ports, data, portfolio, request, leg, place);
    const denied = order.status === 'DENIED';
    orders.push(order);
    drafts.push(
      denied ? orderEvent(order) : orderEvent(order, placeOrderJob(order.id, order.clientOrderId)),
    );
    if (denied && kind !== 'EXIT') break;
  }
  return { orders, drafts };
}

async function passLeg(
  rows: StoreTransaction,
  ports: DoorPorts,
  data: DoorData,
  portfolio: LockedPortfolio,
  request: RequestAtDoor,
  leg: LegAtDoor,
  place: { readonly requestId: string; readonly legNumber: number },
): Promise<OrderRecord> {
  const { marketTime, source } = request;
  const { instrument, reduceOnly } = leg;
  const terms = sentTermsOf(data.markets, source, instrument, marketTime, leg.terms);
  const now = ports.clock.now();
  const id = ports.ids.uuid();
  const { side, product, quantity, price, triggerPrice } = terms;
  const asked = {
    instrument,
    side,
    product,
    quantity,
    price,
    triggerPrice,
    reduceOnly,
    marketTime,
  };
  const runId = leg.run?.id ?? null;
  const judgement = await judgeOrder(rows, data, portfolio, { ...asked, runId });
  const { verdict, referencePrice, limits } = judgement;
  const refusal = refusalOf(data, portfolio, request, { ...leg, terms }, judgement);
  const initialized: OrderRecord = {
    ...initializeOrder({ ...terms, clientOrderId: clientOrderIdOf(id) }),
    id,
    userId: portfolio.userId,
    portfolioId: portfolio.id,
    orderRequestId: place.requestId,
    legNumber: place.legNumber,
    parentOrderId: leg.parentOrderId,
    reduceOnly,
    instrumentId: instrument.id,
    runId,
    agentDecisionId: leg.run?.decisionId ?? null,
    feedId: portfolio.feedId,
    source,
    intent: request.intent,
    denial: null,
    referencePrice,
    marketTime,
    createdAt: now,
    updatedAt: now,
  };
  const events: OrderEvent[] = [];
  let order = initialized;
  if (refusal !== null) {
    const denied: OrderEvent = { type: 'DENIED', reason: refusal.reason };
    const after = transition(initialized, denied);
    if (!after.ok) throw new Error('a new order cannot be denied');
    order = { ...initialized, ...after.value, denial: snapshot(refusal.denial) };
    events.push(denied);
  }
  await rows.orders.insert(order, events);
  if (refusal === null) await countOrder(rows, limits);
  else if (!verdict.ok) {
    await lockScope(rows, ports, portfolio, limits, verdict.failure, marketTime);
  }
  await rows.audit.append([auditOf(order, request.actor, instrument)], now);
  return order;
}

/** Why terms may not leave: code and numbers, and the sentence for people. */
interface Refusal {
  readonly denial: (Denial | TermsDenial | SessionDenial) & { readonly scope: RiskScope | null };
  readonly reason: string;
}

/** Why terms may not leave: what risk allows, then when the market takes them, then which it takes. */
function refusalOf(
  data: DoorData,
  portfolio: LockedPortfolio,
  { marketTime, beforeStart = false, source }: RequestAtDoor,
  { instrument, terms, reduceOnly, run }: LegAtDoor,
  { verdict, referencePrice }: Judgement,
): Refusal | null {
  if (!verdict.ok) return { denial: verdict.failure, reason: describeDenial(verdict.failure) };
  const opens =
    !reduceOnly &&
    keepsCutOff(source, run?.id ?? null) &&
    verdict.value.openingQuantity.greaterThan(0);
  const clock = { marketTime, beforeStart };
  const order = { terms, opens, changes: false };
  const outOfHours = sessionDenialOf(data.markets, portfolio, instrument, clock, order);
  if (outOfHours !== null) {
    return { denial: { ...outOfHours, scope: null }, reason: describeSessionDenial(outOfHours) };
  }
  const rules = brokerRulesOn(data.brokerRules, exchangeDateOf(marketTime.getTime()));
  const denial = checkTerms(terms, instrument, rules, referencePrice);
  if (denial === null) return null;
  return { denial: { ...denial, scope: null }, reason: describeTermsDenial(denial) };
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
