import { Decimal } from 'decimal.js';
import { minuteMs, minuteOfDay } from '../calendar/exchange-time.ts';
import type { Denial, DenialCode } from './denial.ts';
import type { ScopedLimits } from './scope-usage.ts';

/** The part of an order that opens or enlarges a position, as the limits read it. */
export interface Opening {
  readonly instrumentId: string;
  /** Units. */
  readonly quantity: Decimal;
  /** Rupees that these units are valued at. */
  readonly value: Decimal;
  /** Limit or trigger in rupees that the order itself names; null for orders without one. */
  readonly namedPrice: Decimal | null;
  /** The last price in rupees; null: none is known. */
  readonly lastPrice: Decimal | null;
  /** Rupees of margin for the trade it belongs to: with what its request opened in the instrument before it. */
  readonly tradeMargin: Decimal;
  readonly marketTime: Date;
}

/** A limit with the number it is held against. */
interface Check {
  readonly code: DenialCode;
  readonly limit: Decimal | null;
  readonly actual: Decimal;
  /** Results lock when they come to the limit; all else may be used to the full. */
  readonly refuses: 'ABOVE' | 'FROM';
}

/**
 * The first limit that an opening breaks, null where it keeps all of them. Locks that hold come
 * first; among the scopes that refuse with one code, the one with the lowest limit is named.
 */
export function checkLimits(opening: Opening, scopes: readonly ScopedLimits[]): Denial | null {
  const broken = scopes.flatMap((scoped) => denialsOf(opening, scoped));
  const [first] = broken;
  if (first === undefined) return null;
  return broken
    .filter(({ code }) => code === first.code)
    .reduce((lowest, next) => (isLower(next, lowest) ? next : lowest));
}

function isLower(a: Denial, b: Denial): boolean {
  return a.limit !== null && b.limit !== null && a.limit.lessThan(b.limit);
}

function denialsOf(opening: Opening, scoped: ScopedLimits): readonly Denial[] {
  const { scope, usage } = scoped;
  return [
    ...usage.locks.map(({ kind, limit, actual }) => ({ code: kind, limit, actual, scope })),
    ...conditionsOf(opening, scoped),
    ...[...sizesOf(opening, scoped), ...ratesOf(scoped), ...resultsOf(opening, scoped)]
      .filter(isBroken)
      .map(({ code, limit, actual }) => ({ code, limit, actual, scope })),
  ];
}

function isBroken({ limit, actual, refuses }: Check): boolean {
  if (limit === null) return false;
  return refuses === 'ABOVE' ? actual.greaterThan(limit) : actual.greaterThanOrEqualTo(limit);
}

/** Instruments and hours: conditions without an amount. */
function conditionsOf(opening: Opening, { scope, limits }: ScopedLimits): readonly Denial[] {
  const denials: Denial[] = [];
  if (limits.allowedInstrumentIds?.includes(opening.instrumentId) === false) {
    denials.push({ code: 'INSTRUMENT_NOT_ALLOWED', limit: null, actual: null, scope });
  }
  const minute = minuteOfDay(opening.marketTime.getTime());
  const { entriesFromMinute: from, entriesUntilMinute: until } = limits;
  if ((from !== null && minute < from) || (until !== null && minute >= until)) {
    denials.push({ code: 'OUTSIDE_ALLOWED_HOURS', limit: null, actual: null, scope });
  }
  return denials;
}

function sizesOf(opening: Opening, { limits, usage }: ScopedLimits): readonly Check[] {
  const { quantity, value, tradeMargin, namedPrice, lastPrice } = opening;
  const openPositions = usage.openPositions.plus(usage.holdsPosition ? 0 : 1);
  const above = (code: DenialCode, limit: Decimal | null, actual: Decimal): Check => ({
    code,
    limit,
    actual,
    refuses: 'ABOVE',
  });
  return [
    above('MAX_ORDER_QUANTITY', limits.maxOrderQuantity, quantity),
    above('MAX_ORDER_VALUE', limits.maxOrderValue, value),
    above('MAX_CAPITAL_PER_TRADE', limits.maxCapitalPerTrade, tradeMargin),
    // A position that is held already may grow, whatever the number of positions.
    above(
      'MAX_OPEN_POSITIONS',
      usage.holdsPosition ? null : limits.maxOpenPositions,
      openPositions,
    ),
    above(
      'MAX_INSTRUMENT_EXPOSURE',
      limits.maxInstrumentExposure,
      usage.instrumentExposure.plus(value),
    ),
    above('MAX_TOTAL_EXPOSURE', limits.maxTotalExposure, usage.totalExposure.plus(value)),
    above(
      'MAX_PRICE_DEVIATION',
      namedPrice === null || lastPrice === null ? null : limits.maxPriceDeviation,
      namedPrice === null || lastPrice === null
        ? new Decimal(0)
        : namedPrice.minus(lastPrice).abs().dividedBy(lastPrice).times(100),
    ),
  ];
}

function ratesOf({ limits, usage }: ScopedLimits): readonly Check[] {
  const above = (code: DenialCode, limit: Decimal | null, used: Decimal): Check => ({
    code,
    limit,
    actual: used.plus(1),
    refuses: 'ABOVE',
  });
  return [
    above('MAX_ORDERS_PER_SECOND', limits.maxOrdersPerSecond, usage.ordersInSecond),
    above('MAX_ORDERS_PER_MINUTE', limits.maxOrdersPerMinute, usage.ordersInMinute),
    above('MAX_ORDERS_PER_DAY', limits.maxOrdersPerDay, usage.ordersInDay),
  ];
}

function resultsOf({ marketTime }: Opening, { limits, usage }: ScopedLimits): readonly Check[] {
  const from = (code: DenialCode, limit: Decimal | null, actual: Decimal): Check => ({
    code,
    limit,
    actual,
    refuses: 'FROM',
  });
  const { lossCoolDownMinutes: minutes } = limits;
  const { lastLossAt } = usage;
  const cooledDown =
    lastLossAt === null ||
    (minutes !== null && marketTime.getTime() >= lastLossAt.getTime() + minutes * minuteMs);
  return [
    from('MAX_DAILY_LOSS', limits.maxDailyLoss, usage.dayPnl.negated()),
    from('MAX_DAILY_PROFIT', limits.maxDailyProfit, usage.dayPnl),
    from('MAX_DRAWDOWN', limits.maxDrawdown, usage.drawdown),
    from(
      'MAX_CONSECUTIVE_LOSSES',
      cooledDown ? null : limits.maxConsecutiveLosses,
      usage.consecutiveLosses,
    ),
  ];
}
