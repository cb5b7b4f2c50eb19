import type { EffectiveLimits, LimitUse } from '@nandax/core/risk/limit-uses.ts';
import type { RiskLimits, RiskScope } from '@nandax/core/risk/risk-limits.ts';
import type { RiskLockKind } from '@nandax/core/risk/scope-usage.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import type { Decimal } from 'decimal.js';
import type { FindingRecord } from '../ports/readings.ts';
import type { UnfinishedInScope } from '../ports/risk.ts';
import type { View } from './view.ts';

/** A result limit that was reached. */
export interface RiskLockView extends View<'RiskLock'> {
  readonly scope: RiskScope;
  readonly scopeId: string;
  readonly kind: RiskLockKind;
  readonly limit: Decimal;
  readonly actual: Decimal;
  readonly holds: boolean;
  readonly lockedAt: Date;
  readonly endsAt: Date | null;
  readonly releasedAt: Date | null;
}

/**
 * The limits of a scope. Its id is that of its agent, strategy, portfolio or user; the platform's is
 * the installation's.
 */
export interface RiskLimitsView extends View<'RiskLimits'>, RiskLimits {
  readonly scope: RiskScope;
  /** Of portfolio, strategy or agent; null: a user or the platform. */
  readonly name: string | null;
  /** The strictest that was set for the scope itself; wider ones may be stricter. */
  readonly tradingState: TradingState;
}

/** What is used of a scope's limits on one feed. */
export interface RiskUsageView {
  /** Null: the scope is on no feed. */
  readonly feedId: string | null;
  readonly marketTime: Date | null;
  readonly uses: readonly LimitUse[];
}

/** What an order in a portfolio (of an agent) has to keep, of all scopes together. */
export interface EffectiveLimitsView extends EffectiveLimits {
  readonly tradingState: TradingState;
}

/** A kill switch that was pulled and not released, and what there is still to be ended. */
export interface KillSwitchView extends UnfinishedInScope {
  readonly state: TradingState;
  readonly reason: string | null;
  /** When it was pulled, or found all flat and halted. */
  readonly changedAt: Date;
}

/** Where the broker's books and ours differed. */
export interface ReconciliationFindingView
  extends
    View<'ReconciliationFinding'>,
    Omit<FindingRecord, 'id' | 'userId' | 'subject' | 'ours' | 'brokers'> {
  readonly ourStatus: string | null;
  readonly brokerStatus: string | null;
  readonly ourQuantity: Decimal | null;
  readonly brokerQuantity: Decimal | null;
  readonly ourAmount: Decimal | null;
  readonly brokerAmount: Decimal | null;
}

/** How the books of a portfolio's account were last read; instants of the wall clock. */
export interface AccountReadingView {
  readonly readAt: Date | null;
  readonly agreedAt: Date | null;
  readonly failedAt: Date | null;
  readonly failureReason: string | null;
}
