import { createHash } from 'node:crypto';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord, OrderRequestKind } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { loadDoorData, passDoor, type DoorData, type LegAtDoor } from './pass-door.ts';
import { keepRefusal, recallRefusal } from './refused-request.ts';
import { marketTimeOf } from './session-at-door.ts';
import { missingTradeScope, type ScopeMissing } from './trade-scope.ts';

/** What a person's request for orders needs of the world. */
export type KeyedRequestPorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>;

/** A person's request for orders, known by its key. */
export interface KeyedRequest<F> {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  readonly kind: OrderRequestKind;
  /** All that was asked for, as data; the name of what is asked belongs to it. */
  readonly body: object;
  /**
   * What is done ahead of it in the same transaction, the first time only; it stays done where no
   * order can be made. Gives what the user is to be told.
   */
  readonly first?: (
    rows: StoreTransaction,
    portfolio: LockedPortfolio,
  ) => Promise<readonly EventDraft[]>;
  /** The orders it comes to, read under the portfolio's lock; asked the first time only. */
  readonly legs: (
    rows: StoreTransaction,
    portfolio: LockedPortfolio,
    door: OpenDoor,
  ) => Promise<Result<readonly LegAtDoor[], F>>;
}

/** The door as a request finds it. */
export interface OpenDoor {
  readonly data: DoorData;
  /** The portfolio's market clock; the wall clock where it follows no feed. */
  readonly marketTime: Date;
}

/** The key was used before for another request. */
export interface IdempotencyKeyReused {
  readonly kind: 'IDEMPOTENCY_KEY_REUSED';
  readonly idempotencyKey: string;
}

export type KeyedRequestFailure = IdempotencyKeyReused | ScopeMissing | InvalidInput | NotFound;

/**
 * Takes a person's request through the door, once for its key: however often, by however many
 * callers at once it is repeated, its orders are made once and are what each call gets, denied ones
 * among them; where it came to no order, why it did is kept and is what each call gets. Another body under the key is refused.
 */
export async function placeKeyedRequest<F extends { readonly kind: string }>(
  ports: KeyedRequestPorts,
  request: KeyedRequest<F>,
): Promise<Result<readonly OrderRecord[], F | KeyedRequestFailure>> {
  const { length } = request.idempotencyKey;
  if (length < 1 || length > 64) {
    return fail(invalidInput('idempotencyKey', 'An idempotency key has 1 to 64 characters.'));
  }
  const data = await loadDoorData(ports);
  const requestHash = requestHashOf(request.body);
  const { actor, idempotencyKey, portfolioId, kind } = request;
  const { userId } = actor;
  const placed = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(portfolioId);
    if (portfolio?.userId !== userId) return fail(notFound('Portfolio', portfolioId));
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);

    const key = { userId, subject: 'ORDERS', idempotencyKey } as const;
    await rows.orders.lockKey(key);
    const earlier = await rows.orders.findRequest(userId, idempotencyKey);
    if (earlier !== null) {
      return earlier.requestHash === requestHash && earlier.orders.length > 0
        ? succeed(earlier.orders)
        : fail({ kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey } as const);
    }
    const refused = await rows.orders.findRefused(key);
    if (refused !== null) {
      return refused.requestHash === requestHash
        ? fail(await recallRefusal<F>(rows, refused))
        : fail({ kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey } as const);
    }
    const now = ports.clock.now();
    const clock = await marketTimeOf(rows, portfolio, now);
    const before = (await request.first?.(rows, portfolio)) ?? [];
    const { marketTime } = clock;
    const legs = await request.legs(rows, portfolio, { data, marketTime });
    if (!legs.ok) {
      await keepRefusal(rows, { ...key, requestHash, createdAt: now }, legs.failure);
      if (before.length > 0) await rows.events.append(userId, before, now);
      return legs;
    }
    const { orders, drafts } = await passDoor(rows, ports, data, portfolio, {
      idempotencyKey,
      requestHash,
      kind,
      source: actor.kind,
      actor,
      intent: 'MANUAL',
      ...clock,
      legs: legs.value,
    });
    await rows.events.append(userId, [...before, ...drafts], now);
    return succeed(orders);
  }, portfolioId);
  if (placed.ok || request.first !== undefined) {
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  }
  return placed;
}

/** SHA-256 over all that the caller asked for; numbers in one spelling, so that 1 and 1.0 agree. */
export function requestHashOf(body: object): string {
  return createHash('sha256')
    .update(JSON.stringify(snapshot(body)))
    .digest('hex');
}
