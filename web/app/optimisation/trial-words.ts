import { formatDecimal, formatPercent } from '../format/money.ts';
import { plainName } from '../format/names.ts';
import type { TrialStatistic } from '../generated/graphql.ts';

/** A statistic in plain words; what is counted in what is part of it. */
export function statisticName(name: TrialStatistic): string {
  const words = plainName(name)
    .replace(/ percent$/, '')
    .replace(/ seconds$/, ' time')
    .replace(/\bpnl\b/i, 'P&L');
  return words.replace(/^(Roi|Cagr)\b/, (word) => word.toUpperCase());
}

/** Its value with its unit; a dash where there is none. */
export function statisticValue(name: TrialStatistic, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (name.endsWith('_SECONDS')) return `${shortNumber(value / 86_400)} days`;
  if (name.endsWith('_PERCENT')) return formatPercent(value);
  if (name === 'WIN_RATE') return formatPercent(value * 100);
  return shortNumber(value);
}

/** "fast 10, slow 30". */
export function settingsText(
  parameters: readonly { readonly name: string; readonly value: number }[],
): string {
  return parameters.map(({ name, value }) => `${name} ${value}`).join(', ');
}

/** A number as people read it, at most two decimals; more for what is small. */
export function shortNumber(value: number): string {
  if (Number.isInteger(value)) return formatDecimal(String(value)).replace(/\.00$/, '');
  return formatDecimal(value.toFixed(Math.abs(value) < 10 ? 3 : 2));
}

/** Every statistic that can be looked for, those that people look for first in front. */
export const trialStatistics = [
  'SHARPE_RATIO',
  'NET_PNL',
  'CAGR_PERCENT',
  'CALMAR_RATIO',
  'SORTINO_RATIO',
  'PROFIT_FACTOR',
  'EXPECTANCY',
  'SYSTEM_QUALITY_NUMBER',
  'WIN_RATE',
  'MAX_DRAWDOWN_PERCENT',
  'ROI_PERCENT',
  'FINAL_EQUITY',
  'GROSS_PNL',
  'CHARGES',
  'TOTAL_TRADES',
  'WINNING_TRADES',
  'LOSING_TRADES',
  'AVERAGE_WIN',
  'AVERAGE_LOSS',
  'AVERAGE_HOLDING_SECONDS',
  'VOLATILITY_PERCENT',
  'MAX_DRAWDOWN_SECONDS',
  'VALUE_AT_RISK_PERCENT',
  'EXPECTED_SHORTFALL_PERCENT',
  'EXPOSURE_PERCENT',
  'ALPHA',
  'BETA',
  'CORRELATION',
] as const satisfies readonly TrialStatistic[];
