import type { ScopedLimits } from '@nandax/core/risk/scope-usage.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { OrderToJudge } from './judge-order.ts';

/** The limits that an order meets, with what is used of them. */
export async function limitsInUse(
  rows: StoreTransaction,
  portfolio: LockedPortfolio,
  { instrument, product, marketTime, runId }: OrderToJudge,
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
    return { ...scope, usage };
  });
}
