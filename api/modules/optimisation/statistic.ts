import type { StatisticName } from '@nandax/core/optimise/aim.ts';
import { enumOf } from '../../scalars/enum-of.ts';

/** Each statistic of a trial under the name that the contract has for it. */
const contractNames = {
  finalEquity: 'FINAL_EQUITY',
  grossPnl: 'GROSS_PNL',
  charges: 'CHARGES',
  netPnl: 'NET_PNL',
  totalTrades: 'TOTAL_TRADES',
  winningTrades: 'WINNING_TRADES',
  losingTrades: 'LOSING_TRADES',
  winRate: 'WIN_RATE',
  profitFactor: 'PROFIT_FACTOR',
  expectancy: 'EXPECTANCY',
  averageWin: 'AVERAGE_WIN',
  averageLoss: 'AVERAGE_LOSS',
  averageHoldingSeconds: 'AVERAGE_HOLDING_SECONDS',
  systemQualityNumber: 'SYSTEM_QUALITY_NUMBER',
  roiPercent: 'ROI_PERCENT',
  cagrPercent: 'CAGR_PERCENT',
  volatilityPercent: 'VOLATILITY_PERCENT',
  sharpeRatio: 'SHARPE_RATIO',
  sortinoRatio: 'SORTINO_RATIO',
  calmarRatio: 'CALMAR_RATIO',
  maxDrawdownPercent: 'MAX_DRAWDOWN_PERCENT',
  maxDrawdownSeconds: 'MAX_DRAWDOWN_SECONDS',
  valueAtRiskPercent: 'VALUE_AT_RISK_PERCENT',
  expectedShortfallPercent: 'EXPECTED_SHORTFALL_PERCENT',
  exposurePercent: 'EXPOSURE_PERCENT',
  alpha: 'ALPHA',
  beta: 'BETA',
  correlation: 'CORRELATION',
} as const satisfies Record<StatisticName, string>;

export const TrialStatistic = enumOf(
  'TrialStatistic',
  'A statistic by which trials are compared.',
  {
    FINAL_EQUITY: 'Rupees at the end.',
    GROSS_PNL: 'Rupees of closed trades before charges.',
    CHARGES: 'Rupees of charges of all orders.',
    NET_PNL: 'Rupees of closed trades after charges.',
    TOTAL_TRADES: 'Closed trades.',
    WINNING_TRADES: 'Trades that made money.',
    LOSING_TRADES: 'Trades that lost money.',
    WIN_RATE: 'Share of trades that won, 0 to 1.',
    PROFIT_FACTOR: 'Rupees won for each rupee lost.',
    EXPECTANCY: 'Mean rupees a trade after charges.',
    AVERAGE_WIN: 'Mean rupees of a winning trade.',
    AVERAGE_LOSS: 'Mean rupees of a losing trade, below zero.',
    AVERAGE_HOLDING_SECONDS: 'Mean seconds from entry to exit.',
    SYSTEM_QUALITY_NUMBER: 'Mean gain a trade over its deviation, times the root of their number.',
    ROI_PERCENT: 'Growth over the whole time in percent.',
    CAGR_PERCENT: 'Compound growth a year in percent.',
    VOLATILITY_PERCENT: 'Deviation of daily returns in percent a year.',
    SHARPE_RATIO: 'Mean daily return over its deviation, a year.',
    SORTINO_RATIO: 'Mean daily return over the deviation of losses, a year.',
    CALMAR_RATIO: 'Growth a year over the deepest drawdown.',
    MAX_DRAWDOWN_PERCENT: 'The deepest fall from a peak in percent, zero or below.',
    MAX_DRAWDOWN_SECONDS: 'Seconds from the peak before it to its recovery or the end.',
    VALUE_AT_RISK_PERCENT: 'The daily return in percent that one day of twenty fell short of.',
    EXPECTED_SHORTFALL_PERCENT: 'Mean of the worst twentieth of daily returns in percent.',
    EXPOSURE_PERCENT: 'Share of bars on which something was held, in percent.',
    ALPHA: 'Annual return beyond what the market explains, a fraction.',
    BETA: 'How much it moved with the market.',
    CORRELATION: 'Correlation of its daily returns with those of the market.',
  } satisfies Record<(typeof contractNames)[StatisticName], string>,
);

/** The contract's name of a statistic. */
export function contractNameOf(name: StatisticName): keyof typeof TrialStatistic {
  return contractNames[name];
}

/** The statistic that the contract calls so. */
export function statisticNameOf(name: keyof typeof TrialStatistic): StatisticName {
  const found = Object.entries(contractNames).find(([, contractName]) => contractName === name);
  if (found === undefined) throw new RangeError(`no statistic ${name}`);
  return found[0] as StatisticName;
}
