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
export interface MarketPlace {
  /** Results and exposure are those of one feed: runs from different years never mix. */
  readonly feedId: string | null;
  /** Null: the feed has not begun. */
  readonly marketTime: Date | null;
}

/** A scope of which usage is asked for: only what its limits ask for is summed up. */
export interface ScopeToSum extends ScopeLimitsRecord, MarketPlace {}

/** Where an order would open a position. */
export interface PositionKey {
  readonly portfolioId: string;
  readonly instrumentId: string;
  readonly product: Product;
}

/** A result limit that was reached. */
export interface RiskLockRecord extends ScopeKey, HeldLock {
  readonly id: string;
  readonly feedId: string;
  /** Market time at which it was reached. */
  readonly lockedAt: Date;
  /** Market time of its release. */
  readonly releasedAt: Date | null;
  readonly createdAt: Date;
}

/** Whom a scope concerns, in the order of their ids, and what they call it. */
export interface ScopePeople {
  /** Of an agent, a strategy or a portfolio; null for users and the platform. */
  readonly name: string | null;
  /** Of the platform: its administrators. */
  readonly userIds: readonly string[];
}

/** Whether orders of a scope pass by its kill switch; a closed account restricts them apart from it. */
export interface TradingStateRecord extends ScopeKey {
  readonly state: TradingState;
  readonly reason: string | null;
  /** The kill switch that was pulled; null: none holds. */
  readonly killSwitchId: string | null;
}

/** What there is to be ended in a scope before it is flat. */
export interface UnfinishedInScope {
  /** All of the scope. */
  readonly portfolios: number;
  /** Agents that run or are paused. */
  readonly agents: number;
  /** Orders that can still execute. */
  readonly workingOrders: number;
  readonly openPositions: number;
  /**
   * Live portfolios that a kill switch does not call flat yet, as no reading of their broker's books
   * agreed with ours since it was pulled and ours last changed; 0 while none is leaving.
   */
  readonly unreadAccounts: number;
}

/** What one owner (a run, or the user by hand: null) holds of an instrument in a portfolio. */
export interface OpenLot {
  readonly instrumentId: string;
  readonly product: Product;
  readonly runId: string | null;
  /** Units: positive long, negative short. */
  readonly netQuantity: Decimal;
}

/** What is used in a scope, and which of the positions that were asked for are among its own. */
export interface SummedUsage {
  /** `holdsPosition` says nothing yet. */
  readonly usage: ScopeUsage;
  readonly held: readonly PositionKey[];
}

/** A portfolio as far as the limits that meet its orders go. */
export interface LimitedPortfolio {
  readonly portfolioId: string;
  readonly userId: string;
}

/** An instrument and product in a portfolio. */
export type OpenLotKey = Pick<OpenLot, 'instrumentId' | 'product'>;

/** Limits, counters and locks within a transaction. Callers hold the portfolio's lock. */
export interface RiskRows {
  /**
   * The limits that apply to orders of a portfolio, narrow to wide, by the run that sends them (null:
   * no run does). Those on what several orders come to stay locked until the commit, so that orders
   * of several portfolios are judged one after the other. A transaction takes them once, for all of
   * the runs whose orders it will judge (see `Store`): it throws where a later call names another run.
   */
  limitsOf(
    portfolio: LimitedPortfolio,
    runIds: readonly (string | null)[],
  ): Promise<ReadonlyMap<string | null, readonly ScopeLimitsRecord[]>>;
  /** As `limitsOf`, for who only looks: nothing is locked. */
  limitsSeenBy(
    portfolio: LimitedPortfolio,
    runIds: readonly (string | null)[],
  ): Promise<ReadonlyMap<string | null, readonly ScopeLimitsRecord[]>>;
  /**
   * What is used of the limits of each scope, in their order: exposure and results on its feed, each
   * result since the release of its lock; orders by the database's own clock. `positions`, each one
   * once, are those of which is asked whether the scope has them. Exposure is summed as if the order
   * `withoutOrderId` did not work; null or left out: all of them count.
   */
  usageOf(
    scopes: readonly ScopeToSum[],
    positions: readonly PositionKey[],
    withoutOrderId?: string | null,
  ): Promise<readonly SummedUsage[]>;
  /** Counts an order that passed. */
  countOrder(scope: ScopeKey): Promise<void>;
  /** Counts what passed in the running second, minute and day anew, from the orders themselves. */
  countAnew(scope: ScopeKey): Promise<void>;
  /** The limits on results of every scope that has something on a feed. */
  resultLimitsOn(feedId: string): Promise<readonly ScopeLimitsRecord[]>;
  /** Rupees of a scope's result on a feed, whatever was released: of the exchange day, and in total. */
  resultOf(
    scope: ScopeKey & { readonly feedId: string; readonly marketTime: Date },
  ): Promise<{ readonly day: Decimal; readonly total: Decimal }>;
  /** Does nothing where one of its kind with the same end holds already. */
  insertLock(lock: RiskLockRecord): Promise<void>;
  /** Locks of a feed of which nobody was told. */
  untoldLocks(feedId: string): Promise<readonly RiskLockRecord[]>;
  /** Whether it is this caller who has to tell of a lock. */
  claimTelling(id: string, at: Date): Promise<boolean>;
  peopleOf(scope: ScopeKey): Promise<ScopePeople>;
  /** The lock's row stays locked until the commit. */
  findLock(id: string): Promise<RiskLockRecord | null>;
  /**
   * Keeps a result (rupees) as the highest of a scope on a feed where it is above what is kept; nothing
   * kept is 0.
   */
  raisePeak(scope: ScopeKey & { readonly feedId: string }, result: Decimal): Promise<void>;
  /** From now on the highest result of a scope on a feed is this one, lower or not. */
  setPeak(scope: ScopeKey & { readonly feedId: string }, result: Decimal): Promise<void>;
  /** The highest results of a scope are not known any more: they are 0 on each feed. */
  forgetPeaks(scope: ScopeKey): Promise<void>;
  /** A portfolio's results begin anew at nothing: what its locks were released with counts as 0. */
  beginResultsAnew(portfolioId: string): Promise<void>;
  /** `result`: rupees from which the limited result counts from now on; null where none is limited. */
  releaseLock(id: string, at: Date, result: Decimal | null): Promise<void>;
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
  unfinishedIn(scope: ScopeKey): Promise<UnfinishedInScope>;
  /** Whether a kill switch waits for the broker of this portfolio: see `unreadAccounts`. */
  awaitsReading(portfolioId: string): Promise<boolean>;
  /** Agents that run or are paused in a portfolio. */
  startedAgents(portfolioId: string): Promise<readonly { readonly id: string }[]>;
  /** What each owner holds, with the user's own, first, what ended runs left (`openTrades`). */
  openLots(portfolioId: string): Promise<readonly OpenLot[]>;
  /** Market orders that a kill switch sent and the broker refused, newest first. */
  refusedExits(portfolioId: string, since: Date): Promise<readonly OpenLotKey[]>;
}
