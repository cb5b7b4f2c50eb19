import { formatDecimal, formatQuantity, formatRupees } from '../format/money.ts';
import type { RiskLimitKind, RiskScope } from '../generated/graphql.ts';

type Unit = 'RUPEES' | 'COUNT' | 'PERCENT';

/** Each limit: what it is called, in which unit, and which field of the contract sets it. */
export const limitTerms = {
  MAX_ORDERS_PER_SECOND: { name: 'Orders this second', unit: 'COUNT', field: 'maxOrdersPerSecond' },
  MAX_ORDERS_PER_MINUTE: { name: 'Orders this minute', unit: 'COUNT', field: 'maxOrdersPerMinute' },
  MAX_ORDERS_PER_DAY: { name: 'Orders today', unit: 'COUNT', field: 'maxOrdersPerDay' },
  MAX_DAILY_LOSS: { name: 'Day’s loss', unit: 'RUPEES', field: 'maxDailyLoss' },
  MAX_DAILY_PROFIT: { name: 'Day’s profit', unit: 'RUPEES', field: 'maxDailyProfit' },
  MAX_DRAWDOWN: { name: 'Drawdown', unit: 'RUPEES', field: 'maxDrawdown' },
  MAX_CONSECUTIVE_LOSSES: { name: 'Losses in a row', unit: 'COUNT', field: 'maxConsecutiveLosses' },
  MAX_OPEN_POSITIONS: { name: 'Open positions', unit: 'COUNT', field: 'maxOpenPositions' },
  MAX_TOTAL_EXPOSURE: { name: 'Total exposure', unit: 'RUPEES', field: 'maxTotalExposure' },
  MAX_INSTRUMENT_EXPOSURE: {
    name: 'Exposure in one instrument',
    unit: 'RUPEES',
    field: 'maxInstrumentExposure',
  },
  MAX_CAPITAL_PER_TRADE: {
    name: 'Margin of one trade',
    unit: 'RUPEES',
    field: 'maxCapitalPerTrade',
  },
  MAX_ORDER_VALUE: { name: 'Value of one order', unit: 'RUPEES', field: 'maxOrderValue' },
  MAX_ORDER_QUANTITY: { name: 'Quantity of one order', unit: 'COUNT', field: 'maxOrderQuantity' },
  MAX_PRICE_DEVIATION: {
    name: 'Price off the last one',
    unit: 'PERCENT',
    field: 'maxPriceDeviation',
  },
} as const satisfies Record<RiskLimitKind, { name: string; unit: Unit; field: string }>;

/** The limits in the order in which they are shown and asked for. */
export const limitKinds = Object.keys(limitTerms) as RiskLimitKind[];

/** The fields of the form that sets limits. */
export const limitFields: readonly string[] = [
  ...limitKinds.map((kind) => limitTerms[kind].field),
  'lossCoolDownMinutes',
  'entriesFromMinute',
  'entriesUntilMinute',
  'allowedInstrumentIds',
];

/** An amount of a limit in its unit. */
export function formatLimit(kind: RiskLimitKind, value: string): string {
  switch (limitTerms[kind].unit) {
    case 'RUPEES':
      return formatRupees(value);
    case 'COUNT':
      return formatQuantity(value);
    case 'PERCENT':
      return `${formatDecimal(value)} %`;
  }
}

/** Whose limits they are. */
export function nameOfScope(scope: RiskScope, name: string | null | undefined): string {
  switch (scope) {
    case 'USER':
      return 'All you trade';
    case 'PLATFORM':
      return 'The whole platform';
    case 'PORTFOLIO':
      return `Portfolio ${name ?? ''}`;
    case 'STRATEGY':
      return `Strategy ${name ?? ''}`;
    case 'AGENT':
      return `Agent ${name ?? ''}`;
  }
}

/** "555" minutes of the day to "09:15", as a time field reads it; empty for none. */
export function timeOfMinute(minute: number | null | undefined): string {
  if (minute === null || minute === undefined) return '';
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** "09:15" to 555; null for an empty field, undefined for anything else. */
export function minuteOfTime(time: string): number | null | undefined {
  if (time === '') return null;
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}
