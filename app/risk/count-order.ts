import { hasRateLimits } from '@nandax/core/risk/risk-limits.ts';
import type { ScopedLimits } from '@nandax/core/risk/scope-usage.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** Counts an order that passed at every scope that limits how many do. */
export async function countOrder(
  rows: StoreTransaction,
  limits: readonly ScopedLimits[],
): Promise<void> {
  for (const { scope, scopeId, limits: set } of limits) {
    if (hasRateLimits(set)) await rows.risk.countOrder({ scope, scopeId });
  }
}
