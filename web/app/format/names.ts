import type { StrategyStatus, StrategyType, TimeFrame } from '../generated/graphql.ts';

/** An enum value in plain words: "PARTIALLY_FILLED" to "Partially filled". */
export function plainName(value: string): string {
  const words = value.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const timeFrameNames: Readonly<Record<TimeFrame, string>> = {
  ONE_MINUTE: '1 minute',
  THREE_MINUTES: '3 minutes',
  FIVE_MINUTES: '5 minutes',
  TEN_MINUTES: '10 minutes',
  FIFTEEN_MINUTES: '15 minutes',
  THIRTY_MINUTES: '30 minutes',
  ONE_HOUR: '1 hour',
  ONE_DAY: '1 day',
};

export const strategyStatuses: readonly StrategyStatus[] = ['DRAFT', 'ACTIVE', 'ARCHIVED'];

/** "5-minute bars". */
export function barsName(timeFrame: TimeFrame): string {
  return `${timeFrameNames[timeFrame].replace(/ (\w+?)s?$/, '-$1')} bars`;
}

export const strategyTypes: readonly StrategyType[] = [
  'MOMENTUM',
  'MEAN_REVERSION',
  'ARBITRAGE',
  'SCALPING',
  'SWING',
  'CUSTOM',
];

/** A count as Indians group it: "12345678" to "1,23,45,678". */
export function formatCount(value: string): string {
  return value.replace(/\B(?=(?:\d\d)*\d{3}$)/g, ',');
}
