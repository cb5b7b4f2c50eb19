import type { Decimal } from 'decimal.js';
import { minuteMs } from '../calendar/exchange-time.ts';
import type { DenialCode } from './denial.ts';
import type { RiskLimits } from './risk-limits.ts';
import type { ScopeUsage } from './scope-usage.ts';
import { exposureIn } from './scope-usage.ts';

/** The part of an order that opens or enlarges a position, as the limits read it. */
export interface Opening {
  readonly instrumentId: string;
  /** What people call the instrument, `NSE:YESBANK`. */
  readonly instrumentName: string;
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
  /** Whether it is one more order; false: an order that is counted already changes. */
  readonly isNew: boolean;
  readonly marketTime: Date;
}

/** Limits that are an amount. */
export const riskLimitKinds = [
  'MAX_ORDER_QUANTITY',
  'MAX_ORDER_VALUE',
  'MAX_CAPITAL_PER_TRADE',
  'MAX_OPEN_POSITIONS',
  'MAX_INSTRUMENT_EXPOSURE',
  'MAX_TOTAL_EXPOSURE',
  'MAX_PRICE_DEVIATION',
  'MAX_ORDERS_PER_SECOND',
  'MAX_ORDERS_PER_MINUTE',
  'MAX_ORDERS_PER_DAY',
  'MAX_DAILY_LOSS',
  'MAX_DAILY_PROFIT',
  'MAX_DRAWDOWN',
  'MAX_CONSECUTIVE_LOSSES',
] as const satisfies readonly DenialCode[];

/** A limit that is an amount, by the code with which it refuses. */
export type RiskLimitKind = (typeof riskLimitKinds)[number];

/** How one limit is held against orders, and how it is shown: both from here, so that they agree. */
export interface LimitRule {
  readonly limitOf: (limits: RiskLimits) => Decimal | null;
  /** What is used of it in an instrument; null: nothing adds up, each order is looked at by itself. */
  readonly usedOf: ((usage: ScopeUsage, instrumentId: string) => Decimal) | null;
  /** What the opening brings it to; null: the limit does not ask about this one. */
  readonly actualOf: (opening: Opening, usage: ScopeUsage) => Decimal | null;
  /** Results refuse when they come to the limit; all else may be used to the full. */
  readonly refuses: 'ABOVE' | 'FROM';
  /** Whether it refuses nothing at a market time, however much is used; absent: never. */
  readonly rests?: (usage: ScopeUsage, limits: RiskLimits, marketTime: Date) => boolean;
}

/** A limit on the size of one order. */
function size(
  limitOf: LimitRule['limitOf'],
  actualOf: (opening: Opening) => Decimal | null,
): LimitRule {
  return { limitOf, usedOf: null, actualOf, refuses: 'ABOVE' };
}

/** A limit that is used up by orders that pass. */
function sum(
  limitOf: LimitRule['limitOf'],
  usedOf: NonNullable<LimitRule['usedOf']>,
  addedBy: (opening: Opening, usage: ScopeUsage) => Decimal | number | null,
): LimitRule {
  return {
    limitOf,
    usedOf,
    actualOf: (opening, usage) => {
      const added = addedBy(opening, usage);
      return added === null ? null : usedOf(usage, opening.instrumentId).plus(added);
    },
    refuses: 'ABOVE',
  };
}

/** A limit on results, which no order changes by itself. */
function result(limitOf: LimitRule['limitOf'], usedOf: (usage: ScopeUsage) => Decimal): LimitRule {
  return { limitOf, usedOf, actualOf: (_opening, usage) => usedOf(usage), refuses: 'FROM' };
}

/** A change is no new order. */
const onlyNew = ({ isNew }: Opening): number | null => (isNew ? 1 : null);

const valueOf = ({ value }: Opening): Decimal => value;

/** Every limit that is an amount. */
export const limitRules: Readonly<Record<RiskLimitKind, LimitRule>> = {
  MAX_ORDER_QUANTITY: size(
    ({ maxOrderQuantity }) => maxOrderQuantity,
    ({ quantity }) => quantity,
  ),
  MAX_ORDER_VALUE: size(({ maxOrderValue }) => maxOrderValue, valueOf),
  MAX_CAPITAL_PER_TRADE: size(
    ({ maxCapitalPerTrade }) => maxCapitalPerTrade,
    ({ tradeMargin }) => tradeMargin,
  ),
  MAX_OPEN_POSITIONS: sum(
    ({ maxOpenPositions }) => maxOpenPositions,
    ({ openPositions }) => openPositions,
    // A position that is held already may grow, whatever the number of positions.
    (_opening, { holdsPosition }) => (holdsPosition ? null : 1),
  ),
  MAX_INSTRUMENT_EXPOSURE: sum(
    ({ maxInstrumentExposure }) => maxInstrumentExposure,
    exposureIn,
    valueOf,
  ),
  MAX_TOTAL_EXPOSURE: sum(
    ({ maxTotalExposure }) => maxTotalExposure,
    ({ totalExposure }) => totalExposure,
    valueOf,
  ),
  MAX_PRICE_DEVIATION: size(
    ({ maxPriceDeviation }) => maxPriceDeviation,
    ({ namedPrice, lastPrice }) =>
      namedPrice === null || lastPrice === null
        ? null
        : namedPrice.minus(lastPrice).abs().dividedBy(lastPrice).times(100),
  ),
  MAX_ORDERS_PER_SECOND: sum(
    ({ maxOrdersPerSecond }) => maxOrdersPerSecond,
    ({ ordersInSecond }) => ordersInSecond,
    onlyNew,
  ),
  MAX_ORDERS_PER_MINUTE: sum(
    ({ maxOrdersPerMinute }) => maxOrdersPerMinute,
    ({ ordersInMinute }) => ordersInMinute,
    onlyNew,
  ),
  MAX_ORDERS_PER_DAY: sum(
    ({ maxOrdersPerDay }) => maxOrdersPerDay,
    ({ ordersInDay }) => ordersInDay,
    onlyNew,
  ),
  MAX_DAILY_LOSS: result(
    ({ maxDailyLoss }) => maxDailyLoss,
    ({ dayLoss }) => dayLoss,
  ),
  MAX_DAILY_PROFIT: result(
    ({ maxDailyProfit }) => maxDailyProfit,
    ({ dayProfit }) => dayProfit,
  ),
  MAX_DRAWDOWN: result(
    ({ maxDrawdown }) => maxDrawdown,
    ({ drawdown }) => drawdown,
  ),
  MAX_CONSECUTIVE_LOSSES: {
    ...result(
      ({ maxConsecutiveLosses }) => maxConsecutiveLosses,
      ({ consecutiveLosses }) => consecutiveLosses,
    ),
    rests: hasCooledDown,
  },
};

/** Whether the time to wait after the last loss has passed, or there was none. */
function hasCooledDown(
  { lastLossAt }: ScopeUsage,
  { lossCoolDownMinutes }: RiskLimits,
  marketTime: Date,
): boolean {
  if (lastLossAt === null) return true;
  return (
    lossCoolDownMinutes !== null &&
    marketTime.getTime() >= lastLossAt.getTime() + lossCoolDownMinutes * minuteMs
  );
}
