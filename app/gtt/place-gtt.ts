import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { brokerRulesOn } from '@nandax/core/order/broker-rules.ts';
import {
  checkGtt,
  describeGttDenial,
  type GttDenial,
  type GttLeg,
  type GttTerms,
} from '@nandax/core/order/gtt.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import { illegalState, invalidInput, notFound } from '../failures.ts';
import type { IllegalState, InvalidInput, NotFound } from '../failures.ts';
import { requestHashOf, type IdempotencyKeyReused } from '../orders/keyed-request.ts';
import { keepRefusal, recallRefusal } from '../orders/refused-request.ts';
import { missingTradeScope, type ScopeMissing } from '../orders/trade-scope.ts';
import { checkIdempotencyKey } from '../portfolios/capital-input.ts';
import type { AuditEntry } from '../ports/audit.ts';
import type { GttRecord } from '../ports/gtts.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { gttEvent } from './gtt-event.ts';

export type GttPorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>;

export interface PlaceGttInput extends GttTerms {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  readonly instrumentId: string;
}

/** The GTT was refused; of one that was to be placed its key keeps that. */
export interface GttDenied extends GttDenial {
  readonly kind: 'GTT_DENIED';
  readonly message: string;
}

export type PlaceGttFailure =
  GttDenied | IdempotencyKeyReused | IllegalState | InvalidInput | NotFound | ScopeMissing;

/**
 * Lets one order, or the first of two to see its price, wait with us for a year of the market clock.
 * Nothing is judged by the risk limits before a trigger fires; its order passes the door then.
 */
export async function placeGtt(
  ports: GttPorts,
  input: PlaceGttInput,
): Promise<Result<GttRecord, PlaceGttFailure>> {
  const invalid = checkIdempotencyKey(input.idempotencyKey) ?? misshapenLegs(input);
  if (invalid !== null) return fail(invalid);
  const { actor, idempotencyKey, portfolioId, instrumentId, side, product, legs } = input;
  const { userId } = actor;
  const requestHash = requestHashOf({ portfolioId, instrumentId, side, product, legs });
  const placed = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(portfolioId);
    if (portfolio?.userId !== userId) return fail(notFound('Portfolio', portfolioId));
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);
    const key = { userId, subject: 'GTT', idempotencyKey } as const;
    await rows.orders.lockKey(key);
    const earlier = await rows.gtts.findByKey(userId, idempotencyKey);
    if (earlier !== null) {
      return earlier.requestHash === requestHash
        ? succeed(earlier)
        : fail({ kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey } as const);
    }
    const refused = await rows.orders.findRefused(key);
    if (refused !== null) {
      return refused.requestHash === requestHash
        ? fail(await recallRefusal<PlaceGttFailure>(rows, refused))
        : fail({ kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey } as const);
    }
    const now = ports.clock.now();
    const judged = await judgeGtt(rows, ports, portfolio, input, userId);
    if (!judged.ok) {
      await keepRefusal(rows, { ...key, requestHash, createdAt: now }, judged.failure);
      return judged;
    }
    const { legs: directed, ...watch } = judged.value;
    const gtt: GttRecord = {
      id: ports.ids.uuid(),
      userId,
      portfolioId,
      instrumentId,
      idempotencyKey,
      requestHash,
      side,
      product,
      status: 'ACTIVE',
      ...watch,
      endedAt: null,
      endReason: null,
      legs: directed.map((leg, index) => ({ ...leg, number: index + 1, orderId: null })),
      createdAt: now,
      updatedAt: now,
    };
    await rows.gtts.insert(gtt);
    await rows.audit.append([gttAudit('GTT_PLACED', actor, gtt)], now);
    await rows.events.append(userId, [gttEvent(gtt, 'GTT_PLACED')], now);
    return succeed(gtt);
  }, portfolioId);
  if (placed.ok) await tellOfGtt(ports);
  return placed;
}

/** Why these are no legs. */
export function misshapenLegs({ legs }: Pick<GttTerms, 'legs'>): InvalidInput | null {
  if (legs.length === 1 || legs.length === 2) return null;
  return invalidInput('legs', 'A GTT has one leg, or two: the lower trigger, then the upper.');
}

/** A GTT that may wait: what it hears, from when and how long, and its legs. */
export type JudgedGtt = Pick<GttRecord, 'feedId' | 'lastPrice' | 'watchedFrom' | 'expiresAt'> & {
  readonly legs: readonly GttLeg[];
};

/** Why a GTT that has its shape may not wait. */
export type GttRefusal = GttDenied | IllegalState | NotFound;

/**
 * Judges a GTT, under the portfolio's lock where it is to be written down: against the last price, the instrument and what the
 * broker takes. `isNew` counts it as one more. The count is of the user: two portfolios that are
 * asked at the same moment may come one above it.
 */
export async function judgeGtt(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'history'>,
  { feedId, tradingState }: Pick<LockedPortfolio, 'feedId' | 'tradingState'>,
  asked: GttTerms & { readonly instrumentId: string },
  userId: string,
  isNew = true,
): Promise<Result<JudgedGtt, GttRefusal>> {
  const { instrumentId } = asked;
  // What a kill switch took back does not come again while it holds, nor wait for its release.
  if (tradingState !== 'ACTIVE') {
    return fail(illegalState(tradingState, `Trading is ${tradingState}; no trigger is taken.`));
  }
  const instrument = await rows.runs.visibleInstrument(instrumentId, userId);
  if (instrument === null) return fail(notFound('Instrument', instrumentId));
  const watchedFrom = feedId === null ? null : await rows.feeds.marketTime(feedId);
  if (feedId === null || watchedFrom === null) {
    return fail(illegalState('NO_FEED', 'The portfolio follows no feed that has begun.'));
  }
  const rules = brokerRulesOn(
    await ports.history.brokerRules(),
    exchangeDateOf(watchedFrom.getTime()),
  );
  const lastPrice = (await rows.feeds.quote(feedId, instrumentId))?.lastPrice ?? null;
  const checked = checkGtt(asked, instrument, rules, lastPrice);
  if (!checked.ok) return fail(deniedGtt(checked.failure));
  const active = isNew ? await rows.gtts.countActive(userId) : 0;
  if (active >= rules.activeTriggers) {
    const [limit, actual] = [new Decimal(rules.activeTriggers), new Decimal(active + 1)];
    return fail(deniedGtt({ code: 'ACTIVE_TRIGGERS', limit, actual }));
  }
  return succeed({
    feedId,
    // The check refuses what has none.
    lastPrice: lastPrice ?? new Decimal(0),
    watchedFrom,
    expiresAt: new Date(watchedFrom.getTime() + rules.triggerValidityDays * 86_400_000),
    legs: checked.value,
  });
}

function deniedGtt(denial: GttDenial): GttDenied {
  return { kind: 'GTT_DENIED', ...denial, message: describeGttDenial(denial) };
}

/** What the audit trail keeps of a GTT that a person placed, changed or took back. */
export function gttAudit(
  action: 'GTT_PLACED' | 'GTT_CHANGED' | 'GTT_CANCELLED',
  actor: AuditEntry['actor'],
  gtt: GttRecord,
  before?: GttRecord,
): AuditEntry {
  return {
    chain: gtt.userId,
    action,
    actor,
    entity: 'Gtt',
    entityId: gtt.id,
    ...(before === undefined ? {} : { before: auditedTerms(before) }),
    after: auditedTerms(gtt),
  };
}

function auditedTerms({ portfolioId, instrumentId, side, product, status, legs }: GttRecord) {
  const terms = legs.map(({ triggerPrice, price, quantity }) => ({
    triggerPrice,
    price,
    quantity,
  }));
  return snapshot({ portfolioId, instrumentId, side, product, status, legs: terms });
}

/** Wakes whoever carries events and the audit trail on. */
export async function tellOfGtt(ports: Pick<TradingPorts, 'bus'>): Promise<void> {
  await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
}
