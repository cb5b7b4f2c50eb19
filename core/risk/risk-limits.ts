import type { Decimal } from 'decimal.js';

/** Where limits are set, from narrow to wide; all that apply to an order must be kept. */
export const riskScopes = ['AGENT', 'STRATEGY', 'PORTFOLIO', 'USER', 'PLATFORM'] as const;

/** The agent, strategy, portfolio or user of an order, or the whole installation. */
export type RiskScope = (typeof riskScopes)[number];

/**
 * Limits of one scope on orders that open or enlarge a position; null: no limit. Results, exposure
 * and counts are those of the scope on the order's own feed.
 */
export interface RiskLimits {
  /**
   * Rupees of margin that one trade ties up: the opening units of an order and of those orders of its
   * request that open the same position, so that slices do not slip below it.
   */
  readonly maxCapitalPerTrade: Decimal | null;
  /** Rupees: opening units times reference price; of each order as the exchange gets it. */
  readonly maxOrderValue: Decimal | null;
  /** Opening units of one order; each slice is one. */
  readonly maxOrderQuantity: Decimal | null;
  /** Positions open at once, those with an entry on its way included. */
  readonly maxOpenPositions: Decimal | null;
  /** Rupees at entry in one instrument, entries on their way included. */
  readonly maxInstrumentExposure: Decimal | null;
  /** Rupees at entry in all instruments, entries on their way included. */
  readonly maxTotalExposure: Decimal | null;
  /** Orders that passed the door in a calendar second. */
  readonly maxOrdersPerSecond: Decimal | null;
  /** Orders that passed the door in a calendar minute. */
  readonly maxOrdersPerMinute: Decimal | null;
  /** Orders that passed the door in a calendar day of exchange time. */
  readonly maxOrdersPerDay: Decimal | null;
  /**
   * Rupees lost in an exchange day after charges, open positions included; reaching it locks. Charges
   * as they accrue: the depository's, and the rounding of the contract note, come with the note.
   */
  readonly maxDailyLoss: Decimal | null;
  /** Rupees gained in an exchange day after charges, open positions included; reaching it locks. */
  readonly maxDailyProfit: Decimal | null;
  /**
   * Rupees below the highest result, open positions included, that was seen at the ends of market
   * minutes since it was set; reaching it locks.
   */
  readonly maxDrawdown: Decimal | null;
  /** Round trips lost in a row, whatever number of fills each took; reaching it locks for `lossCoolDownMinutes` after the last of them. */
  readonly maxConsecutiveLosses: Decimal | null;
  /** Minutes of market time; null: until the lock is released. */
  readonly lossCoolDownMinutes: number | null;
  /** Percent by which a price may differ from the last one, to either side. */
  readonly maxPriceDeviation: Decimal | null;
  /** Instruments that may be entered, by id; empty: none; null: all. */
  readonly allowedInstrumentIds: readonly string[] | null;
  /** Minute of the exchange day from which entries pass; null: from its start. */
  readonly entriesFromMinute: number | null;
  /** Minute of the exchange day at which entries no longer pass; null: to its end. */
  readonly entriesUntilMinute: number | null;
}

/** No limit at all. */
export const noLimits: RiskLimits = {
  maxCapitalPerTrade: null,
  maxOrderValue: null,
  maxOrderQuantity: null,
  maxOpenPositions: null,
  maxInstrumentExposure: null,
  maxTotalExposure: null,
  maxOrdersPerSecond: null,
  maxOrdersPerMinute: null,
  maxOrdersPerDay: null,
  maxDailyLoss: null,
  maxDailyProfit: null,
  maxDrawdown: null,
  maxConsecutiveLosses: null,
  lossCoolDownMinutes: null,
  maxPriceDeviation: null,
  allowedInstrumentIds: null,
  entriesFromMinute: null,
  entriesUntilMinute: null,
};

/** Whether a limit is on what several orders come to, so that they must be judged one by one. */
export function hasAggregateLimits(limits: RiskLimits): boolean {
  return hasExposureLimits(limits) || hasRateLimits(limits) || hasResultLimits(limits);
}

/** Whether open positions and exposure must be summed up. */
export function hasExposureLimits(limits: RiskLimits): boolean {
  return (
    limits.maxOpenPositions !== null ||
    limits.maxInstrumentExposure !== null ||
    limits.maxTotalExposure !== null
  );
}

/** Whether orders must be counted. */
export function hasRateLimits(limits: RiskLimits): boolean {
  return (
    limits.maxOrdersPerSecond !== null ||
    limits.maxOrdersPerMinute !== null ||
    limits.maxOrdersPerDay !== null
  );
}

/** Whether results must be summed up. */
export function hasResultLimits(limits: RiskLimits): boolean {
  return (
    limits.maxDailyLoss !== null ||
    limits.maxDailyProfit !== null ||
    limits.maxDrawdown !== null ||
    limits.maxConsecutiveLosses !== null
  );
}
