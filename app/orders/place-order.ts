import { createHash } from 'node:crypto';
import type { OrderType, Product, Side } from '@nandax/core/order/order-terms.ts';
import type { DenialCode } from '@nandax/core/risk/denial.ts';
import type { RiskScope } from '@nandax/core/risk/risk-limits.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { OrderRecord } from '../ports/orders.ts';
import { UniqueKeyTaken } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { missingTradeScope, type ScopeMissing } from './trade-scope.ts';
import { loadDoorData, passDoor } from './pass-door.ts';

export interface PlaceOrderInput {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  readonly instrumentId: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly product: Product;
  /** Units. */
  readonly quantity: Decimal;
}

/** The order was written down and refused; it carries code and numbers in `denial`. */
export interface OrderDenied {
  readonly kind: 'ORDER_DENIED';
  readonly order: OrderRecord;
  readonly code: DenialCode;
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

function checkInput({ idempotencyKey, type, quantity }: PlaceOrderInput): InvalidInput | null {
  if (idempotencyKey.length < 1 || idempotencyKey.length > 64) {
    return invalidInput('idempotencyKey', 'An idempotency key has 1 to 64 characters.');
  }
  if (type !== 'MARKET') {
    return invalidInput('type', 'Only MARKET orders can be placed yet.');
  }
  if (!quantity.isFinite() || !quantity.greaterThan(0)) {
    return invalidInput('quantity', 'The quantity must be above zero.');
  }
  return null;
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
    const { order, draft } = await passDoor(rows, ports, data, portfolio, {
      idempotencyKey: input.idempotencyKey,
      requestHash,
      source: actor.kind,
      actor,
      intent: 'MANUAL',
      instrument,
      side: input.side,
      product: input.product,
      quantity: input.quantity,
      marketTime: marketTime ?? now,
      run: null,
    });
    await rows.events.append(userId, [draft], now);
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

/** SHA-256 over all that the caller asked for; numbers in one spelling, so that 1 and 1.0 agree. */
function hashOf(input: PlaceOrderInput): string {
  const { portfolioId, instrumentId, side, type, product, quantity } = input;
  const request = [portfolioId, instrumentId, side, type, product, quantity.toFixed()];
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
