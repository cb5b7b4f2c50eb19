import type { Decimal } from 'decimal.js';
import type { RiskLimits, RiskScope } from '@nandax/core/risk/risk-limits.ts';
import type { HeldLock, ScopeUsage } from '@nandax/core/risk/scope-usage.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';

/** One scope: whose limits, counts and results. */
export interface ScopeKey {
  readonly scope: RiskScope;
  /** Id of agent, strategy, portfolio or user; `platformScopeId` for the installation. */
  readonly scopeId: string;
}

/** Scope id of the whole installation. */
export const platformScopeId = 'platform';

/** The limits somebody set for a scope. */
export interface ScopeLimitsRecord extends ScopeKey {
  readonly limits: RiskLimits;
}

/** Where and when usage is asked for. */
export interface UsagePlace {
  /** Results and exposure are those of one feed: runs from different years never mix. */
  readonly feedId: string | null;
  readonly portfolioId: string;
  readonly instrumentId: string;
  readonly product: Product;
  readonly marketTime: Date;
}

/** What a scope's trades have come to on a feed. */
export type ResultUsage = Pick<
  ScopeUsage,
  'dayPnl' | 'drawdown' | 'consecutiveLosses' | 'lastLossAt'
>;

/** What a scope's positions and entries on their way come to. */
export type ExposureUsage = Pick<
  ScopeUsage,
  'openPositions' | 'holdsPosition' | 'instrumentExposure' | 'totalExposure'
>;

/** Orders of a scope that passed in the running second, minute and day. */
export type RateUsage = Pick<ScopeUsage, 'ordersInSecond' | 'ordersInMinute' | 'ordersInDay'>;

/** A result limit that was reached. */
export interface RiskLockRecord extends ScopeKey, HeldLock {
  readonly id: string;
  readonly feedId: string;
  /** Market time at which it was reached. */
  readonly lockedAt: Date;
  /** Market time at which it ends by itself; null: when it is released. */
  readonly endsAt: Date | null;
  /** Market time of its release. */
  readonly releasedAt: Date | null;
  readonly createdAt: Date;
}

/** Whether orders of a scope pass, and why. */
export interface TradingStateRecord extends ScopeKey {
  readonly state: TradingState;
  readonly reason: string | null;
  /** The kill switch that set it; null: set in another way. */
  readonly killSwitchId: string | null;
}

/** What one owner (a run, or the user by hand: null) holds of an instrument in a portfolio. */
export interface OpenLot {
  readonly instrumentId: string;
  readonly product: Product;
  readonly runId: string | null;
  /** Units: positive long, negative short. */
  readonly netQuantity: Decimal;
}

/** An instrument and product in a portfolio. */
export type OpenLotKey = Pick<OpenLot, 'instrumentId' | 'product'>;

/** Limits, counters and locks within a transaction. Callers hold the portfolio's lock. */
export interface RiskRows {
  /**
   * The limits that apply to orders of a portfolio, and of a run where one sends them, narrow to
   * wide. Those on what several orders come to stay locked until the commit, so that orders of
   * several portfolios are judged one after the other; take them after the portfolio's lock.
   */
  limitsOf(order: {
    readonly portfolioId: string;
    readonly userId: string;
    readonly runId: string | null;
  }): Promise<readonly ScopeLimitsRecord[]>;
  exposureOf(scope: ScopeKey, place: UsagePlace): Promise<ExposureUsage>;
  /** Counts by the database's own clock. */
  ratesOf(scope: ScopeKey): Promise<RateUsage>;
  /** Results since the start of the exchange day, or of all time, but after a lock's release. */
  resultsOf(scope: ScopeKey, place: UsagePlace): Promise<ResultUsage>;
  /** Locks of the scope that hold on the feed at the market time. */
  heldLocks(scope: ScopeKey, place: UsagePlace): Promise<readonly HeldLock[]>;
  /** Counts an order that passed. */
  countOrder(scope: ScopeKey): Promise<void>;
  insertLock(lock: RiskLockRecord): Promise<void>;
  /** The lock's row stays locked until the commit. */
  findLock(id: string): Promise<RiskLockRecord | null>;
  releaseLock(id: string, at: Date): Promise<void>;
  saveLimits(limits: ScopeLimitsRecord, at: Date): Promise<void>;
  findLimits(scope: ScopeKey): Promise<RiskLimits | null>;
  /** ACTIVE where nobody set one. The row stays locked until the commit, where there is one. */
  lockTradingState(scope: ScopeKey): Promise<TradingStateRecord>;
  saveTradingState(state: TradingStateRecord, at: Date): Promise<void>;
  /** Kill switches that still flatten. */
  flattening(): Promise<readonly TradingStateRecord[]>;
  /** Portfolios of a scope (PORTFOLIO, USER or PLATFORM), in the order in which they are locked. */
  portfoliosIn(
    scope: ScopeKey,
  ): Promise<readonly { readonly id: string; readonly userId: string }[]>;
  /** Agents that run or are paused in a portfolio. */
  startedAgents(portfolioId: string): Promise<readonly { readonly id: string }[]>;
  /** What each owner holds; the user's own first. */
  openLots(portfolioId: string): Promise<readonly OpenLot[]>;
  /** Market orders that a kill switch sent and the broker refused, newest first. */
  refusedExits(portfolioId: string, since: Date): Promise<readonly OpenLotKey[]>;
}
