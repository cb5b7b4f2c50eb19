import type { BarsStatistics } from '../backtest/bars/bars-statistics.ts';

/** Whether more or less of a statistic is better. */
export type AimDirection = 'MAXIMISE' | 'MINIMISE';

/** The statistics that trials are measured by, each with what is usually wanted of it. */
const wanted = {
  finalEquity: 'MAXIMISE',
  grossPnl: 'MAXIMISE',
  charges: 'MINIMISE',
  netPnl: 'MAXIMISE',
  totalTrades: 'MAXIMISE',
  winningTrades: 'MAXIMISE',
  losingTrades: 'MINIMISE',
  winRate: 'MAXIMISE',
  profitFactor: 'MAXIMISE',
  expectancy: 'MAXIMISE',
  averageWin: 'MAXIMISE',
  // Losses, drawdowns and tails are zero or below.
  averageLoss: 'MAXIMISE',
  averageHoldingSeconds: 'MINIMISE',
  systemQualityNumber: 'MAXIMISE',
  roiPercent: 'MAXIMISE',
  cagrPercent: 'MAXIMISE',
  volatilityPercent: 'MINIMISE',
  sharpeRatio: 'MAXIMISE',
  sortinoRatio: 'MAXIMISE',
  calmarRatio: 'MAXIMISE',
  maxDrawdownPercent: 'MAXIMISE',
  maxDrawdownSeconds: 'MINIMISE',
  valueAtRiskPercent: 'MAXIMISE',
  expectedShortfallPercent: 'MAXIMISE',
  exposurePercent: 'MINIMISE',
  alpha: 'MAXIMISE',
  beta: 'MINIMISE',
  correlation: 'MINIMISE',
} as const satisfies Partial<Record<keyof BarsStatistics, AimDirection>>;

/** Name of a statistic of a trial, as `BarsStatistics` has it. */
export type StatisticName = keyof typeof wanted;

/** Their names, in the order of a trial's numbers. */
export const statisticNames = Object.keys(wanted) as readonly StatisticName[];

/** What a search looks for. */
export interface Aim {
  /** Index in `statisticNames`. */
  readonly statistic: number;
  readonly direction: AimDirection;
}

/** The aim of that name, in the direction that is usually wanted where none is given. */
export function aimAt(name: StatisticName, direction: AimDirection = wanted[name]): Aim {
  return { statistic: statisticNames.indexOf(name), direction };
}

/**
 * The numbers of a run in the order of `statisticNames`, written into `column`; NaN stands for one that
 * does not exist.
 */
export function statisticsColumn(
  statistics: BarsStatistics,
  column = new Float64Array(statisticNames.length),
): Float64Array {
  statisticNames.forEach((name, index) => (column[index] = statistics[name] ?? NaN));
  return column;
}
