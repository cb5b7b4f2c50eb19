import type { ScopedLimits, ScopeUsage } from '@nandax/core/risk/scope-usage.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { LegsAhead, OrderToJudge } from './judge-order.ts';

/** The limits that an order meets, with what is used of them. */
export async function limitsInUse(
  rows: StoreTransaction,
  portfolio: LockedPortfolio,
  { instrument, product, marketTime, runId, ahead }: OrderToJudge,
): Promise<readonly ScopedLimits[]> {
  const { id: portfolioId, userId, feedId } = portfolio;
  const set = await rows.risk.limitsOf({ portfolioId, userId, runId });
  const usages = await rows.risk.usageOf(
    set.map((scope) => ({ ...scope, feedId, marketTime })),
    { portfolioId, instrumentId: instrument.id, product },
  );
  return set.map((scope, index) => {
    const usage = usages[index];
    if (usage === undefined) throw new Error('a scope without its usage');
    return { ...scope, usage: { ...usage, ...withLegs(usage, ahead) } };
  });
}

type RateCounts = Pick<ScopeUsage, 'ordersInSecond' | 'ordersInMinute' | 'ordersInDay'>;

/** Counts with the legs that have passed and are counted when all have. */
function withLegs(
  { ordersInSecond, ordersInMinute, ordersInDay }: RateCounts,
  ahead: LegsAhead | undefined,
): RateCounts {
  const orders = ahead?.orders ?? 0;
  return {
    ordersInSecond: ordersInSecond.plus(orders),
    ordersInMinute: ordersInMinute.plus(orders),
    ordersInDay: ordersInDay.plus(orders),
  };
}
