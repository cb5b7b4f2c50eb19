import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { brokerRulesOn, type BrokerRules } from '@nandax/core/order/broker-rules.ts';
import { clientOrderIdOf } from '@nandax/core/order/client-order-id.ts';
import { initializeOrder } from '@nandax/core/order/order.ts';
import { coverOf, type ProtectionPrices } from '@nandax/core/order/plan-protection.ts';
import { isProtective, type OrderRecord, type OrderRequestKind } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { IdSource } from '../ports/world.ts';
import { judgeOrder, type LegAhead } from '../risk/judge-order.ts';
import { readStanding, type Reading, type Standing } from '../risk/read-standing.ts';
import { deniedFor } from './deny-order.ts';
import type { AskedAtDoor, DoorData, LegAtDoor } from './pass-door.ts';
import { otherLegRefusal, refusalOf, slicesOf, type Refusal } from './refuse-leg.ts';
import { sentTermsOf } from './session-at-door.ts';

/** A leg that was judged. */
export interface JudgedLeg extends LegAhead {
  /** The order as it is to be written down: INITIALIZED, or DENIED. */
  readonly order: OrderRecord;
  /** What speaks against itself; null: nothing does. */
  readonly refusal: Refusal | null;
  /** Whether another leg is what it was denied for. */
  readonly isHeldUp: boolean;
  /** The prices at which what it fills is left; null: nothing protects it. */
  readonly protection: ProtectionPrices | null;
}

/** A request that was judged, with nothing written down. */
export interface JudgedRequest {
  /** SINGLE has become SLICED where its one order leaves in slices. */
  readonly kind: OrderRequestKind;
  /** In the order in which they leave. */
  readonly legs: readonly JudgedLeg[];
  readonly standing: Standing;
  readonly rules: BrokerRules;
  /** The market clock by which it was judged. */
  readonly marketTime: Date;
}

/** What legs are judged with. */
interface Bench {
  readonly data: DoorData;
  readonly rules: BrokerRules;
  readonly portfolio: LockedPortfolio;
  readonly request: AskedAtDoor;
  readonly standing: Standing;
}

/**
 * Judges the legs of a request, each with those before it on their way, and writes nothing: what
 * their orders will be and why any of them may not leave. It passes whole or not at all: where one is
 * refused the others are denied for it, as OTHER_LEG. Only the orders of an EXIT stand each for
 * itself, so that one that is refused holds none of the others up.
 */
export async function judgeRequest(
  rows: StoreTransaction,
  ids: IdSource,
  data: DoorData,
  portfolio: LockedPortfolio,
  request: AskedAtDoor & { readonly id: string; readonly createdAt: Date },
  reading: Reading,
): Promise<JudgedRequest> {
  const { marketTime, createdAt } = request;
  const rules = brokerRulesOn(data.brokerRules, exchangeDateOf(marketTime.getTime()));
  const asked = request.legs.flatMap((leg) => slicesOf(leg, rules));
  const kind = request.kind === 'SINGLE' && asked.length > 1 ? 'SLICED' : request.kind;
  const places = asked.map(({ instrument, terms, run }) => ({
    instrumentId: instrument.id,
    product: terms.product,
    runId: run?.id ?? null,
  }));
  const standing = await readStanding(rows, portfolio, marketTime, places, reading);
  const bench = { data, rules, portfolio, request, standing };
  const judged: JudgedLeg[] = [];
  for (const [index, leg] of asked.entries()) {
    const written = {
      id: ids.uuid(),
      orderRequestId: request.id,
      requestKind: kind,
      legNumber: index + 1,
      createdAt,
      updatedAt: createdAt,
    };
    const ahead = judged.filter(({ refusal }) => refusal === null);
    judged.push(judgeLeg(bench, leg, written, ahead, asked.length));
  }
  return { kind, legs: decide(judged, kind), standing, rules, marketTime };
}

type WrittenColumns = Pick<
  OrderRecord,
  'id' | 'orderRequestId' | 'requestKind' | 'legNumber' | 'createdAt' | 'updatedAt'
>;

function judgeLeg(
  bench: Bench,
  asAsked: LegAtDoor,
  written: WrittenColumns,
  ahead: readonly JudgedLeg[],
  legs: number,
): JudgedLeg {
  const { data, portfolio, request, standing } = bench;
  const { marketTime, source } = request;
  const { instrument, run, reduceOnly } = asAsked;
  const terms = sentTermsOf(data.markets, source, instrument, marketTime, asAsked.terms);
  const { side, product, quantity, price, triggerPrice } = terms;
  const runId = run?.id ?? null;
  const judgement = judgeOrder(data, portfolio, standing, {
    instrument,
    side,
    product,
    quantity,
    price,
    triggerPrice,
    cover: terms.variety === 'CO',
    reduceOnly,
    protective: isProtective({ source }),
    marketTime,
    runId,
    ahead,
  });
  const { legNumber, requestKind: kind } = written;
  const refusal = refusalOf(bench, { ...asAsked, terms }, judgement, { kind, legNumber, legs });
  const { verdict, referencePrice } = judgement;
  const order: OrderRecord = {
    ...initializeOrder({ ...terms, clientOrderId: clientOrderIdOf(written.id) }),
    ...written,
    userId: portfolio.userId,
    portfolioId: portfolio.id,
    parentOrderId: asAsked.parentOrderId,
    reduceOnly,
    instrumentId: instrument.id,
    runId,
    agentDecisionId: run?.decisionId ?? null,
    feedId: portfolio.feedId,
    source,
    intent: request.intent,
    denial: null,
    reducing: verdict.ok && verdict.value.openingQuantity.isZero(),
    referencePrice,
    marketTime,
  };
  const protection = asAsked.protection ?? coverOf(terms);
  return { instrument, judgement, refusal, order, isHeldUp: false, protection };
}

/** The first leg that is refused takes all the others with it, but for those of an EXIT. */
function decide(judged: readonly JudgedLeg[], kind: OrderRequestKind): readonly JudgedLeg[] {
  const first = kind === 'EXIT' ? undefined : judged.find(({ refusal }) => refusal !== null);
  return judged.map((leg) => {
    const isHeldUp = first !== undefined && leg !== first;
    const reason = isHeldUp ? otherLegRefusal(first.order.legNumber) : leg.refusal;
    return reason === null ? leg : { ...leg, isHeldUp, order: deniedFor(leg.order, reason) };
  });
}
