import { clientOrderIdOf } from '@nandax/core/order/client-order-id.ts';
import { initializeOrder } from '@nandax/core/order/order.ts';
import { transition } from '@nandax/core/order/transition.ts';
import type { ScopedLimits } from '@nandax/core/risk/scope-usage.ts';
import { Decimal } from 'decimal.js';
import { snapshot } from '../events/snapshot.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { judgeOrder, type Judgement, type LegsAhead } from '../risk/judge-order.ts';
import { lockDeniedScope } from '../risk/lock-limits.ts';
import type { LegAtDoor } from './pass-door.ts';
import {
  otherLegRefusal,
  refusalOf,
  type Bench,
  type LegPlace,
  type Refusal,
} from './refuse-leg.ts';
import { sentTermsOf } from './session-at-door.ts';

/** A leg that was judged and written down. */
export interface JudgedLeg {
  readonly leg: LegAtDoor;
  readonly order: OrderRecord;
  /** Rupees of margin that it needs; 0 where it was denied. */
  readonly margin: Decimal;
  /** The limits it was held against. */
  readonly limits: readonly ScopedLimits[];
}

/** What became of the legs before one. */
interface Before {
  readonly passed: readonly JudgedLeg[];
  /** Number of the one that was refused; null: none was. */
  readonly refused: number | null;
}

/**
 * Judges a leg of a request with those before it on their way, and writes it down: INITIALIZED, or
 * DENIED. After one that was refused the others are denied unjudged.
 */
export async function judgeLeg(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  bench: Bench,
  asAsked: LegAtDoor,
  place: LegPlace & { readonly requestId: string },
  before: Before,
): Promise<JudgedLeg> {
  const { data, portfolio, request } = bench;
  const { marketTime, source } = request;
  const { instrument, run } = asAsked;
  const terms = sentTermsOf(data.markets, source, instrument, marketTime, asAsked.terms);
  const leg = { ...asAsked, terms };
  const now = ports.clock.now();
  const id = ports.ids.uuid();
  const asked = { ...askedOf(leg), marketTime, runId: run?.id ?? null };
  const judgement =
    before.refused === null
      ? await judgeOrder(rows, data, portfolio, { ...asked, ahead: aheadOf(leg, before.passed) })
      : null;
  const refusal =
    judgement === null
      ? otherLegRefusal(before.refused ?? 0)
      : refusalOf(bench, leg, judgement, place);
  const initialized: OrderRecord = {
    ...initializeOrder({ ...leg.terms, clientOrderId: clientOrderIdOf(id) }),
    id,
    userId: portfolio.userId,
    portfolioId: portfolio.id,
    orderRequestId: place.requestId,
    requestKind: place.kind,
    legNumber: place.legNumber,
    parentOrderId: leg.parentOrderId,
    reduceOnly: leg.reduceOnly,
    instrumentId: instrument.id,
    runId: asked.runId,
    agentDecisionId: run?.decisionId ?? null,
    feedId: portfolio.feedId,
    source,
    intent: request.intent,
    denial: null,
    reducing: judgement?.verdict.ok === true && judgement.verdict.value.openingQuantity.isZero(),
    referencePrice: judgement?.referencePrice ?? null,
    marketTime,
    createdAt: now,
    updatedAt: now,
  };
  const order = refusal === null ? initialized : denied(initialized, refusal);
  await rows.orders.insert(
    order,
    refusal === null ? [] : [{ type: 'DENIED', reason: refusal.reason }],
  );
  if (judgement?.verdict.ok === false) {
    const { limits, verdict } = judgement;
    const { feedId } = portfolio;
    await lockDeniedScope(rows, ports, limits, verdict.failure, { feedId, marketTime });
  }
  const margin = refusal === null ? marginOf(judgement) : new Decimal(0);
  return { leg, order, margin, limits: judgement?.limits ?? [] };
}

function askedOf({ instrument, terms, reduceOnly }: LegAtDoor) {
  const { side, product, quantity, price, triggerPrice } = terms;
  return { instrument, side, product, quantity, price, triggerPrice, reduceOnly };
}

function marginOf(judgement: Judgement | null): Decimal {
  return judgement?.verdict.ok === true ? judgement.verdict.value.requiredMargin : new Decimal(0);
}

/** What the legs that passed before it add to the judgement of one. */
function aheadOf({ instrument, terms }: LegAtDoor, passed: readonly JudgedLeg[]): LegsAhead {
  const samePosition = passed.filter(
    ({ order }) => order.instrumentId === instrument.id && order.product === terms.product,
  );
  return {
    orders: passed.length,
    margin: samePosition.reduce((sum, { margin }) => sum.plus(margin), new Decimal(0)),
  };
}

/**
 * Denies an order that has not left, because another leg of its request came to nothing. The caller
 * holds the portfolio's lock.
 */
export async function denyForOtherLeg(
  rows: StoreTransaction,
  order: OrderRecord,
  otherLeg: number,
  at: Date,
): Promise<OrderRecord> {
  const refusal = otherLegRefusal(otherLeg);
  const after: OrderRecord = { ...denied(order, refusal), updatedAt: at };
  await rows.orders.save(after, { type: 'DENIED', reason: refusal.reason });
  return after;
}

function denied(order: OrderRecord, { denial, reason }: Refusal): OrderRecord {
  const after = transition(order, { type: 'DENIED', reason });
  if (!after.ok) throw new Error(`an order that is ${order.status} cannot be denied`);
  return { ...order, ...after.value, denial: snapshot(denial) };
}
