import { createHash } from 'node:crypto';
import { checkShape } from '@nandax/core/order/check-shape.ts';
import type { TermsDenialCode } from '@nandax/core/order/check-terms.ts';
import type { AskedTerms } from '@nandax/core/order/order.ts';
import type { DenialCode } from '@nandax/core/risk/denial.ts';
import type { RiskScope } from '@nandax/core/risk/risk-limits.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import { snapshot } from '../events/snapshot.ts';
import type { OrderRecord } from '../ports/orders.ts';
import { UniqueKeyTaken } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { missingTradeScope, type ScopeMissing } from './trade-scope.ts';
import { loadDoorData, passDoor } from './pass-door.ts';

export interface PlaceOrderInput extends AskedTerms {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  readonly instrumentId: string;
}

/** The order was written down and refused; it carries code and numbers in `denial`. */
export interface OrderDenied {
  readonly kind: 'ORDER_DENIED';
  readonly order: OrderRecord;
  readonly code: DenialCode | TermsDenialCode;
  readonly limit: string | null;
  readonly actual: string | null;
  /** Whose limit it was; null for rules that no one sets. */
  readonly scope: RiskScope | null;
}

/** The key was used before for another request. */
export interface IdempotencyKeyReused {
  readonly kind: 'IDEMPOTENCY_KEY_REUSED';
  readonly idempotencyKey: string;
}

export type PlaceOrderFailure =
  OrderDenied | IdempotencyKeyReused | ScopeMissing | InvalidInput | NotFound;

/**
 * Places a person's order. One call makes at most one order, however often, by however many
 * callers at once, it is repeated with its key.
 */
export async function placeOrder(
  ports: Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>,
  input: PlaceOrderInput,
): Promise<Result<OrderRecord, PlaceOrderFailure>> {
  const invalid = checkInput(input);
  if (invalid !== null) return fail(invalid);
  try {
    return await attempt(ports, input);
  } catch (error) {
    // The key was taken on another portfolio meanwhile; the second look finds that request.
    if (error instanceof UniqueKeyTaken) return attempt(ports, input);
    throw error;
  }
}

function checkInput(input: PlaceOrderInput): InvalidInput | null {
  const { idempotencyKey } = input;
  if (idempotencyKey.length < 1 || idempotencyKey.length > 64) {
    return invalidInput('idempotencyKey', 'An idempotency key has 1 to 64 characters.');
  }
  const failure = checkShape(input);
  return failure === null ? null : invalidInput(failure.field, failure.message);
}

async function attempt(
  ports: Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>,
  input: PlaceOrderInput,
): Promise<Result<OrderRecord, PlaceOrderFailure>> {
  const data = await loadDoorData(ports);
  const requestHash = hashOf(input);
  const { actor } = input;
  const { userId } = actor;
  const placed = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(input.portfolioId);
    if (portfolio?.userId !== userId) return fail(notFound('Portfolio', input.portfolioId));
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);

    const earlier = await rows.orders.findRequest(userId, input.idempotencyKey);
    if (earlier !== null) {
      const [order] = earlier.orders;
      if (earlier.requestHash !== requestHash || order === undefined) {
        const { idempotencyKey } = input;
        return fail({ kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey } as const);
      }
      return succeed(order);
    }
    const instrument = await rows.runs.visibleInstrument(input.instrumentId, userId);
    if (instrument === null) return fail(notFound('Instrument', input.instrumentId));

    const now = ports.clock.now();
    const marketTime =
      portfolio.feedId === null ? null : await rows.feeds.marketTime(portfolio.feedId);
    const { orders, drafts } = await passDoor(rows, ports, data, portfolio, {
      idempotencyKey: input.idempotencyKey,
      requestHash,
      kind: 'SINGLE',
      source: actor.kind,
      actor,
      intent: 'MANUAL',
      marketTime: marketTime ?? now,
      run: null,
      legs: [{ instrument, terms: termsOf(input) }],
    });
    await rows.events.append(userId, drafts, now);
    const [order] = orders;
    if (order === undefined) throw new Error('the door wrote no order');
    return succeed(order);
  });
  if (!placed.ok) return placed;
  await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  return placed.value.status === 'DENIED' ? fail(denialOf(placed.value)) : placed;
}

/** A denial as it was written down, so that a repeated call gives the same answer. */
function denialOf(order: OrderRecord): OrderDenied {
  const { code, limit, actual, scope } = order.denial as unknown as Omit<
    OrderDenied,
    'kind' | 'order'
  >;
  return { kind: 'ORDER_DENIED', order, code, limit, actual, scope };
}

function termsOf(input: PlaceOrderInput): AskedTerms {
  const { side, type, product, variety, validity, validityMinutes, quantity, price } = input;
  const { triggerPrice, disclosedQuantity, marketProtectionPercent, icebergLegs, tag } = input;
  return {
    side,
    type,
    product,
    variety,
    validity,
    validityMinutes,
    quantity,
    price,
    triggerPrice,
    disclosedQuantity,
    marketProtectionPercent,
    icebergLegs,
    tag,
  };
}

/** SHA-256 over all that the caller asked for; numbers in one spelling, so that 1 and 1.0 agree. */
function hashOf(input: PlaceOrderInput): string {
  const { portfolioId, instrumentId } = input;
  const request = snapshot({ portfolioId, instrumentId, terms: termsOf(input) });
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
