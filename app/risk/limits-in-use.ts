import {
  hasExposureLimits,
  hasRateLimits,
  hasResultLimits,
} from '@nandax/core/risk/risk-limits.ts';
import { noUsage, type ScopedLimits } from '@nandax/core/risk/scope-usage.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { RateUsage, ScopeLimitsRecord, UsagePlace } from '../ports/risk.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { LegsAhead, OrderToJudge } from './judge-order.ts';

/** The limits that an order meets, with what is used of them; only what a limit asks for is summed up. */
export async function limitsInUse(
  rows: StoreTransaction,
  portfolio: LockedPortfolio,
  { instrument, product, marketTime, runId, ahead }: OrderToJudge,
): Promise<readonly ScopedLimits[]> {
  const { id: portfolioId, userId, feedId } = portfolio;
  const set = await rows.risk.limitsOf({ portfolioId, userId, runId });
  const place = { feedId, portfolioId, instrumentId: instrument.id, product, marketTime };
  const limits: ScopedLimits[] = [];
  for (const scope of set) limits.push(await withUsage(rows, scope, place, ahead));
  return limits;
}

/** One scope's limits with what is used of them at a place. */
async function withUsage(
  rows: StoreTransaction,
  { scope, scopeId, limits }: ScopeLimitsRecord,
  place: UsagePlace,
  ahead: LegsAhead | undefined,
): Promise<ScopedLimits> {
  const key = { scope, scopeId };
  const usage = {
    ...noUsage,
    ...(hasExposureLimits(limits) ? await rows.risk.exposureOf(key, place) : {}),
    ...(hasRateLimits(limits) ? withLegs(await rows.risk.ratesOf(key), ahead) : {}),
    ...(hasResultLimits(limits)
      ? {
          ...(await rows.risk.resultsOf(key, place)),
          locks: await rows.risk.heldLocks(key, place),
        }
      : {}),
  };
  return { scope, scopeId, limits, usage };
}

/** Counts with the legs that have passed and are counted when all have. */
function withLegs(
  { ordersInSecond, ordersInMinute, ordersInDay }: RateUsage,
  ahead: LegsAhead | undefined,
): RateUsage {
  const orders = ahead?.orders ?? 0;
  return {
    ordersInSecond: ordersInSecond.plus(orders),
    ordersInMinute: ordersInMinute.plus(orders),
    ordersInDay: ordersInDay.plus(orders),
  };
}
