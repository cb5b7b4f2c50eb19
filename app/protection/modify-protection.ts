import type { ProtectionPrices } from '@nandax/core/order/plan-protection.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import { notFound } from '../failures.ts';
import { requestHashOf, type IdempotencyKeyReused } from '../orders/keyed-request.ts';
import type { ModifyOrderFailure } from '../orders/modify-order.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import { loadDoorData } from '../orders/pass-door.ts';
import { missingTradeScope } from '../orders/trade-scope.ts';
import { checkIdempotencyKey } from '../portfolios/capital-input.ts';
import type { ProtectionRecord } from '../ports/protections.ts';
import { UniqueKeyTaken } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { changePrices } from './change-prices.ts';

type ModifyPorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>;

export interface ModifyProtectionInput {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body are one change. */
  readonly idempotencyKey: string;
  readonly protectionId: string;
  /** The prices that change, rupees; those that are left out stay, a target of null goes. */
  readonly changes: Partial<ProtectionPrices>;
}

export type ModifyProtectionFailure = ModifyOrderFailure | IdempotencyKeyReused;

/** Changes the prices of a protection that stands, once for its key; see `changePrices`. */
export async function modifyProtection(
  ports: ModifyPorts,
  input: ModifyProtectionInput,
): Promise<Result<ProtectionRecord, ModifyProtectionFailure>> {
  const invalid = checkIdempotencyKey(input.idempotencyKey);
  if (invalid !== null) return fail(invalid);
  try {
    return await attempt(ports, input);
  } catch (error) {
    // The key was taken on another portfolio meanwhile; the second look finds that change.
    if (error instanceof UniqueKeyTaken) return attempt(ports, input);
    throw error;
  }
}

async function attempt(
  ports: ModifyPorts,
  { actor, idempotencyKey, protectionId, changes }: ModifyProtectionInput,
): Promise<Result<ProtectionRecord, ModifyProtectionFailure>> {
  const data = await loadDoorData(ports);
  const requestHash = requestHashOf({ protectionId, changes });
  const modified = await ports.store.transaction(async (rows) => {
    const seen = await rows.protections.find(protectionId);
    if (seen?.userId !== actor.userId) return fail(notFound('Protection', protectionId));
    const portfolio = await rows.portfolios.lock(seen.portfolioId);
    const instrument = await rows.runs.findInstrument(seen.instrumentId);
    if (portfolio === null || instrument === null) {
      return fail(notFound('Protection', protectionId));
    }
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);
    const protection = (await rows.protections.find(protectionId)) ?? seen;
    const earlier = await rows.protections.changeByKey(actor.userId, idempotencyKey);
    if (earlier !== null) {
      return earlier.requestHash === requestHash
        ? succeed(protection)
        : fail({ kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey } as const);
    }
    const at = { rows, ports, data, portfolio, instrument, actor };
    const asked: ProtectionPrices = {
      stopPrice: changes.stopPrice ?? protection.stopPrice,
      targetPrice: changes.targetPrice === undefined ? protection.targetPrice : changes.targetPrice,
    };
    const changed = await changePrices(at, protection, { asked, idempotencyKey, requestHash });
    if (!changed.ok) return changed;
    const now = ports.clock.now();
    const { stopPrice, targetPrice } = protection;
    await rows.audit.append(
      [
        {
          chain: actor.userId,
          action: 'PROTECTIVE_STOP_CHANGED',
          actor,
          entity: 'Protection',
          entityId: protectionId,
          before: snapshot({ stopPrice, targetPrice }),
          after: snapshot({ ...asked }),
        },
      ],
      now,
    );
    const told = portfolioEvent(portfolio.id);
    await rows.events.append(actor.userId, [...changed.value.drafts, told], now);
    return succeed(changed.value.protection);
  });
  if (modified.ok) {
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  }
  return modified;
}
