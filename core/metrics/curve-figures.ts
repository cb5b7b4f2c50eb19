import type { EquityColumns } from '../portfolio/equity-curve.ts';
import { deepestDrawdownOf } from './drawdown.ts';
import { finiteOrNull } from './moments.ts';
import { returnMomentsOf } from './return-moments.ts';
import {
  annualReturnOf,
  annualVolatilityOf,
  calmarRatioOf,
  sharpeRatioOf,
  sortinoRatioOf,
} from './risk-ratios.ts';
import { tailRiskOf } from './tail-risk.ts';

/**
 * What an equity curve says. A value that does not exist is null, never NaN or infinite. Ratios are
 * of daily returns and a year of 252 days, without a risk-free rate.
 */
export interface CurveFigures {
  /** Growth over the whole time in percent, payments in and out taken off; null without a point. */
  readonly roiPercent: number | null;
  /** Compound annual growth rate in percent; null without a point. */
  readonly cagrPercent: number | null;
  /** Annual deviation of daily returns in percent; null below two days. */
  readonly volatilityPercent: number | null;
  /** Null below two days or without variation. */
  readonly sharpeRatio: number | null;
  /** Null below two days or without a losing one. */
  readonly sortinoRatio: number | null;
  /** Null without a drawdown at the end of a day. */
  readonly calmarRatio: number | null;
  /** The deepest drawdown of all points in percent, 0 or negative; null without a point. */
  readonly maxDrawdownPercent: number | null;
  /** When it began, ended and was made good, epoch ms; null: there is none, or not yet. */
  readonly maxDrawdownPeakAt: number | null;
  readonly maxDrawdownTroughAt: number | null;
  readonly maxDrawdownRecoveredAt: number | null;
  /** From its peak (or the first point) to its recovery (or the last point); null: there is none. */
  readonly maxDrawdownSeconds: number | null;
  /** The daily return in percent that one day of twenty fell short of; null without a day. */
  readonly valueAtRiskPercent: number | null;
  /** The mean of the worst twentieth of daily returns in percent; null without a day. */
  readonly expectedShortfallPercent: number | null;
}

/** The figures of a curve and of its daily returns, which are fractions; `moments` are theirs. */
export function curveFiguresOf(
  columns: EquityColumns,
  initialCapital: number,
  returns: ArrayLike<number>,
  moments = returnMomentsOf(returns),
): CurveFigures {
  const { valueAtRisk, expectedShortfall } = tailRiskOf(returns, moments);
  const deepest = deepestDrawdownOf(columns, initialCapital);
  const first = columns.time[0] ?? null;
  const last = columns.time[columns.length - 1] ?? null;
  const from = deepest?.peakAt ?? first;
  const to = deepest?.recoveredAt ?? last;
  return {
    roiPercent: moments.count === 0 ? null : percentOf(moments.growth - 1),
    cagrPercent: percentOf(annualReturnOf(moments)),
    volatilityPercent: percentOf(annualVolatilityOf(moments)),
    sharpeRatio: sharpeRatioOf(moments),
    sortinoRatio: sortinoRatioOf(moments),
    calmarRatio: calmarRatioOf(moments),
    maxDrawdownPercent: columns.length === 0 ? null : percentOf(deepest?.depth ?? 0),
    maxDrawdownPeakAt: deepest?.peakAt ?? null,
    maxDrawdownTroughAt: deepest?.troughAt ?? null,
    maxDrawdownRecoveredAt: deepest?.recoveredAt ?? null,
    maxDrawdownSeconds:
      deepest === null || from === null || to === null ? null : (to - from) / 1000,
    valueAtRiskPercent: percentOf(valueAtRisk),
    expectedShortfallPercent: percentOf(expectedShortfall),
  };
}

function percentOf(fraction: number | null): number | null {
  return fraction === null ? null : finiteOrNull(fraction * 100);
}
