import type { SubscriptionTier } from '../ports/accounts.ts';
import type { CountedLimit, TierLimitName, TierRows } from '../ports/tiers.ts';

/** The user's tier allows no more of this; nothing was done. */
export interface TierLimitReached {
  readonly kind: 'TIER_LIMIT_REACHED';
  readonly limit: TierLimitName;
  readonly tier: SubscriptionTier;
  readonly allowed: number;
  /** What there would be afterwards. */
  readonly asked: number;
}

/** Whether a user may have one more; null: they may. Call it before the one is written. */
export async function checkTierLimit(
  rows: { readonly tiers: TierRows },
  userId: string,
  limit: CountedLimit,
  at: Date,
): Promise<TierLimitReached | null> {
  const { tier, allowed } = await rows.tiers.lockLimit(userId, limit);
  if (allowed === null) return null;
  const asked = (await rows.tiers.used(userId, limit, at)) + 1;
  return asked <= allowed ? null : { kind: 'TIER_LIMIT_REACHED', limit, tier, allowed, asked };
}

/** Whether a backtest may be that large; null: it may. */
export async function checkBacktestSize(
  rows: { readonly tiers: TierRows },
  userId: string,
  history: {
    readonly datasetId: string;
    readonly instrumentIds: readonly string[];
    readonly from: Date;
    readonly to: Date;
  },
): Promise<TierLimitReached | null> {
  const { tier, allowed } = await rows.tiers.lockLimit(userId, 'backtestCandles');
  if (allowed === null) return null;
  const { datasetId, instrumentIds, from, to } = history;
  const asked = await rows.tiers.records(datasetId, instrumentIds, from, to);
  if (asked <= allowed) return null;
  return { kind: 'TIER_LIMIT_REACHED', limit: 'backtestCandles', tier, allowed, asked };
}
