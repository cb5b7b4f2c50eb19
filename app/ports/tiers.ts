import type { SubscriptionTier } from './accounts.ts';

/** What a tier allows; null: no limit. */
export interface TierLimits {
  readonly strategies: number | null;
  /** Agents with a run under way or paused. */
  readonly runningAgents: number | null;
  readonly liveBrokers: number | null;
  readonly apiKeys: number | null;
  readonly requestsPerMinute: number;
  /** Records of history of one backtest, of all its instruments together. */
  readonly backtestCandles: number | null;
}

export type TierLimitName = keyof TierLimits;
/** Limits on how many of something a user has. */
export type CountedLimit = 'strategies' | 'runningAgents' | 'liveBrokers' | 'apiKeys';

/** Tiers and what is used of them, within a transaction. */
export interface TierRows {
  /**
   * What the user's tier allows. To the commit nobody else reads the same limit of this user here,
   * so what is counted next still holds when the transaction writes.
   */
  lockLimit<L extends TierLimitName>(
    userId: string,
    limit: L,
  ): Promise<{ readonly tier: SubscriptionTier; readonly allowed: TierLimits[L] }>;
  used(userId: string, limit: CountedLimit, at: Date): Promise<number>;
  /** Replaces what a tier allows and returns what it allowed before. */
  setLimits(tier: SubscriptionTier, limits: TierLimits, at: Date): Promise<TierLimits>;
  /** Records of history that a backtest over this range would read. */
  records(
    datasetId: string,
    instrumentIds: readonly string[],
    from: Date,
    to: Date,
  ): Promise<number>;
}
