import { Decimal } from 'decimal.js';
import type { DenialCode } from './denial.ts';
import type { RiskLimits, RiskScope } from './risk-limits.ts';

/** A result limit that was reached: entries are refused until it ends or is released. */
export type RiskLockKind = Extract<
  DenialCode,
  'MAX_DAILY_LOSS' | 'MAX_DAILY_PROFIT' | 'MAX_DRAWDOWN' | 'MAX_CONSECUTIVE_LOSSES'
>;

/** All limits that lock when they are reached. */
export const riskLockKinds: readonly RiskLockKind[] = [
  'MAX_DAILY_LOSS',
  'MAX_DAILY_PROFIT',
  'MAX_DRAWDOWN',
  'MAX_CONSECUTIVE_LOSSES',
];

/** A lock that holds now. */
export interface HeldLock {
  readonly kind: RiskLockKind;
  /** The limit that was reached. */
  readonly limit: Decimal;
  /** What it was reached with. */
  readonly actual: Decimal;
  /** Market time at which it ends by itself; null: when it is released. */
  readonly endsAt: Date | null;
}

/** What a scope has used of its limits when an order is judged, the order itself not included. */
export interface ScopeUsage {
  /** Positions held or with an entry on its way. */
  readonly openPositions: Decimal;
  /** Whether the order's own instrument and product are among them. */
  readonly holdsPosition: boolean;
  /** Rupees at entry in each instrument that is held or on its way, by its id. */
  readonly exposures: ReadonlyMap<string, Decimal>;
  /** Rupees at entry in all instruments. */
  readonly totalExposure: Decimal;
  /** Orders that passed in the running second, minute and day. */
  readonly ordersInSecond: Decimal;
  readonly ordersInMinute: Decimal;
  readonly ordersInDay: Decimal;
  /**
   * Rupees lost in the exchange day after charges, open positions at the last price, since the release
   * of the lock on losses; negative: gained.
   */
  readonly dayLoss: Decimal;
  /** Rupees gained in it, since the release of the lock on profits; negative: lost. */
  readonly dayProfit: Decimal;
  /** Rupees since the feed began, after charges, open positions at the last price. */
  readonly result: Decimal;
  /** Rupees of `result` below its highest: at the minute ends since the limit was set, or its lock released. */
  readonly drawdown: Decimal;
  /** Round trips lost in a row up to now, and when the last of them ended (market time). */
  readonly consecutiveLosses: Decimal;
  readonly lastLossAt: Date | null;
  readonly locks: readonly HeldLock[];
}

const zero = new Decimal(0);

/** Nothing used. */
export const noUsage: ScopeUsage = {
  openPositions: zero,
  holdsPosition: false,
  exposures: new Map(),
  totalExposure: zero,
  ordersInSecond: zero,
  ordersInMinute: zero,
  ordersInDay: zero,
  dayLoss: zero,
  dayProfit: zero,
  result: zero,
  drawdown: zero,
  consecutiveLosses: zero,
  lastLossAt: null,
  locks: [],
};

/** Rupees at entry that a scope has in an instrument. */
export function exposureIn({ exposures }: ScopeUsage, instrumentId: string): Decimal {
  return exposures.get(instrumentId) ?? zero;
}

/** The limits of one scope, and what is used of them. */
export interface ScopedLimits {
  readonly scope: RiskScope;
  /** Whose: the id of agent, strategy, portfolio or user. */
  readonly scopeId: string;
  readonly limits: RiskLimits;
  readonly usage: ScopeUsage;
}
