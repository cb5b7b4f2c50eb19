import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import type { SessionPhase } from '@nandax/core/calendar/session-plan.ts';
import { describeSessionDenial, type SessionDenialCode } from '@nandax/core/order/check-session.ts';
import { checkBand, describeBandDenial } from '@nandax/core/order/check-band.ts';
import { brokerRulesOn } from '@nandax/core/order/broker-rules.ts';
import { checkShape } from '@nandax/core/order/check-shape.ts';
import {
  checkTerms,
  describeTermsDenial,
  type TermsDenialCode,
} from '@nandax/core/order/check-terms.ts';
import { changeableTermsOf, sameTerms, type ChangeableTerms } from '@nandax/core/order/order.ts';
import { isStop } from '@nandax/core/order/order-terms.ts';
import { transition } from '@nandax/core/order/transition.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { describeDenial, type DenialCode } from '@nandax/core/risk/denial.ts';
import type { RiskScope } from '@nandax/core/risk/risk-limits.ts';
import type { Decimal } from 'decimal.js';
import type { AccountActor, Actor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import {
  illegalState,
  invalidInput,
  notFound,
  type IllegalState,
  type InvalidInput,
  type NotFound,
} from '../failures.ts';
import { modifyOrderJob } from '../jobs.ts';
import type { EventDraft } from '../ports/events.ts';
import { isProtective, type OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { judgeOrder } from '../risk/judge-order.ts';
import { readStanding } from '../risk/read-standing.ts';
import { orderEvent } from './order-event.ts';
import { trafficClassOf } from './pass-traffic.ts';
import { loadDoorData, type DoorData } from './pass-door.ts';
import { keepsCutOff, marketTimeOf, sessionDenialOf } from './session-at-door.ts';
import { missingTradeScope, type ScopeMissing } from './trade-scope.ts';

export interface ModifyOrderInput {
  readonly actor: AccountActor;
  readonly orderId: string;
  /** The terms that change; those that are left out stay. */
  readonly changes: Partial<ChangeableTerms>;
}

/** The change was refused by us; the order works on as it was. */
export interface ModificationDenied {
  readonly kind: 'MODIFICATION_DENIED';
  readonly order: OrderRecord;
  readonly code: DenialCode | TermsDenialCode | SessionDenialCode | 'PRICE_BAND';
  readonly limit: Decimal | null;
  readonly actual: Decimal | null;
  /** Whose limit it is; null for rules that no one sets. */
  readonly scope: RiskScope | null;
  /** Of session codes: what the market was doing. */
  readonly phase?: SessionPhase;
  /** Market time at which what stands in the way ends; null or left out: no time, or none that is known. */
  readonly until?: Date | null;
  readonly message: string;
}

export type ModifyOrderFailure =
  ModificationDenied | IllegalState | InvalidInput | NotFound | ScopeMissing;

/**
 * Asks the broker to change a working order. The terms as they would be pass the same judgement as
 * a new order's; until the broker has answered, no further change can be asked for.
 */
export async function modifyOrder(
  ports: Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>,
  { actor, orderId, changes }: ModifyOrderInput,
): Promise<Result<OrderRecord, ModifyOrderFailure>> {
  const data = await loadDoorData(ports);
  const modified = await ports.store.transaction(async (rows) => {
    const seen = await rows.orders.find(orderId);
    if (seen?.userId !== actor.userId) return fail(notFound('Order', orderId));
    const portfolio = await rows.portfolios.lock(seen.portfolioId);
    if (portfolio === null) return fail(notFound('Order', orderId));
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);
    const order = (await rows.orders.find(orderId)) ?? seen;
    if (isProtective(order)) {
      const message = 'It follows a position; changing its protection changes it.';
      return fail(illegalState(order.status, message));
    }
    const terms: ChangeableTerms = { ...changeableTermsOf(order), ...changes };
    const failure =
      misfitOf(order, terms) ?? (await checkModification(rows, data, portfolio, order, terms));
    if (failure !== null) return fail(failure);

    const asked = await writeModification(rows, ports, { order, terms, actor });
    if (!asked.ok) return asked;
    await rows.events.append(order.userId, [asked.value.draft], ports.clock.now());
    return succeed(asked.value.order);
  });
  if (!modified.ok) return modified;
  await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  return modified;
}

/** A change that is to be asked of the broker, with all terms as they are to be. */
interface Modification {
  readonly order: OrderRecord;
  readonly terms: ChangeableTerms;
  readonly actor: Actor;
}

/** A change that was written down, with the event whose job asks the broker. */
interface RequestedModification {
  readonly order: OrderRecord;
  readonly draft: EventDraft;
}

/** As `modifyOrder`, for a change of our own, in the caller's transaction and under its lock. */
export async function requestModification(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'clock'>,
  data: DoorData,
  portfolio: LockedPortfolio,
  modification: Modification,
): Promise<Result<RequestedModification, ModificationDenied | NotFound | IllegalState>> {
  const { order, terms } = modification;
  const denied = await checkModification(rows, data, portfolio, order, terms);
  return denied === null ? writeModification(rows, ports, modification) : fail(denied);
}

async function writeModification(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'clock'>,
  { order, terms, actor }: Modification,
): Promise<Result<RequestedModification, IllegalState>> {
  const event = { type: 'MODIFY_REQUESTED', terms } as const;
  const next = transition(order, event);
  if (!next.ok) {
    return fail(illegalState(order.status, `An order that is ${order.status} cannot be changed.`));
  }
  const now = ports.clock.now();
  const after: OrderRecord = { ...order, ...next.value, updatedAt: now };
  await rows.orders.save(after, event);
  await rows.audit.append(
    [
      {
        chain: order.userId,
        action: 'ORDER_MODIFY_REQUESTED',
        actor,
        entity: 'Order',
        entityId: order.id,
        before: snapshot(changeableTermsOf(order)),
        after: snapshot(terms),
      },
    ],
    now,
  );
  const { clientOrderId, modificationCount } = after;
  const job = modifyOrderJob(order.id, clientOrderId, modificationCount, trafficClassOf(order));
  return succeed({ order: after, draft: orderEvent(after, job) });
}

/** Why the terms make no order, or no other than there is. */
function misfitOf(order: OrderRecord, terms: ChangeableTerms): InvalidInput | null {
  const misfit = checkShape({ ...order, ...terms });
  if (misfit !== null) return invalidInput(misfit.field, misfit.message);
  if (!terms.quantity.greaterThan(order.filledQuantity)) {
    return invalidInput('quantity', 'The quantity must be above what has executed.');
  }
  return sameTerms(order, terms) ? invalidInput('changes', 'Nothing would change.') : null;
}

/** Why the changed order would not pass the door; the account is read as if it were not there. */
export async function checkModification(
  rows: StoreTransaction,
  data: DoorData,
  portfolio: LockedPortfolio,
  order: OrderRecord,
  terms: ChangeableTerms,
): Promise<ModificationDenied | NotFound | null> {
  const instrument = await rows.runs.findInstrument(order.instrumentId);
  if (instrument === null) return notFound('Instrument', order.instrumentId);
  const clock = await marketTimeOf(rows, portfolio, order.marketTime);
  const time = clock.marketTime;
  const rules = brokerRulesOn(data.brokerRules, exchangeDateOf(time.getTime()));
  const place = { instrumentId: instrument.id, product: order.product, runId: order.runId };
  const standing = await readStanding(rows, portfolio, time, [place], 'TO_DECIDE', order.id);
  const { verdict, referencePrice, dayRange } = judgeOrder(data, portfolio, standing, {
    instrument,
    side: order.side,
    product: order.product,
    quantity: terms.quantity.minus(order.filledQuantity),
    price: terms.price,
    triggerPrice: terms.triggerPrice,
    cover: order.variety === 'CO',
    reduceOnly: order.reduceOnly,
    protective: isProtective(order),
    changes: true,
    marketTime: time,
    runId: order.runId,
  });
  if (!verdict.ok) {
    const message = describeDenial(verdict.failure);
    return { kind: 'MODIFICATION_DENIED', order, ...verdict.failure, message };
  }
  const changed = { ...order, ...terms };
  const opens =
    keepsCutOff(order.source, order.runId) && verdict.value.openingQuantity.greaterThan(0);
  const asked = { terms: changed, opens, changes: true };
  const outOfHours = sessionDenialOf(data.markets, portfolio, instrument, clock, asked);
  if (outOfHours !== null) {
    const message = describeSessionDenial(outOfHours);
    return { kind: 'MODIFICATION_DENIED', order, ...outOfHours, scope: null, message };
  }
  // Of a stop that was triggered the trigger has had its say; one that becomes a stop waits for it.
  const waits = !(order.triggered && isStop(order.type) && isStop(terms.type));
  const judged = waits ? changed : { ...changed, triggerPrice: null };
  const refused = checkTerms(judged, instrument, rules, referencePrice, order.modificationCount);
  if (refused !== null) {
    const message = describeTermsDenial(refused);
    return { kind: 'MODIFICATION_DENIED', order, ...refused, scope: null, message };
  }
  const outOfBand = order.variety === 'AMO' ? null : checkBand(judged, dayRange);
  if (outOfBand === null) return null;
  const message = describeBandDenial(outOfBand);
  return { kind: 'MODIFICATION_DENIED', order, ...outOfBand, scope: null, message };
}
