import { finiteOrNull, meanOf } from './moments.ts';
import type { ReturnMoments } from './return-moments.ts';
import { cumulativeReturnsOf } from './returns.ts';

/** Trading days taken for a year (source: empyrical `APPROX_BDAYS_PER_YEAR`). */
export const tradingDaysAYear = 252;

/**
 * The compound annual growth rate as a fraction: total growth to the power of one over the years,
 * which are periods over 252 (source: empyrical `annual_return`). Null without a period,
 * or where more than all was lost.
 */
export function annualReturnOf({ count, growth }: ReturnMoments): number | null {
  return count === 0 ? null : finiteOrNull(growth ** (tradingDaysAYear / count) - 1);
}

/**
 * Sample deviation of returns times the root of the periods of a year, a fraction (source: empyrical
 * `annual_volatility`). Null below two returns.
 */
export function annualVolatilityOf({ deviation }: ReturnMoments): number | null {
  return finiteOrNull(deviation * Math.sqrt(tradingDaysAYear));
}

/**
 * Mean over sample deviation, a year (source: empyrical `sharpe_ratio`); of returns above a risk-free
 * rate where those are what is given. Null below two returns or where they do not vary.
 */
export function sharpeRatioOf({ mean, deviation }: ReturnMoments): number | null {
  return deviation === 0 ? null : finiteOrNull((mean / deviation) * Math.sqrt(tradingDaysAYear));
}

/**
 * Mean return over the downside deviation, a year (source: empyrical `sortino_ratio`). The downside
 * deviation is the root of the mean square of what falls short of 0, over all periods and not only the
 * bad ones. Null below two returns or where nothing falls short.
 */
export function sortinoRatioOf({ count, mean, shortfallSquares }: ReturnMoments): number | null {
  if (count < 2 || shortfallSquares === 0) return null;
  return finiteOrNull((mean / Math.sqrt(shortfallSquares / count)) * Math.sqrt(tradingDaysAYear));
}

/**
 * Annual return over the depth of the deepest drawdown (source: empyrical `calmar_ratio`). Null
 * without a drawdown.
 */
export function calmarRatioOf(moments: ReturnMoments): number | null {
  const annual = annualReturnOf(moments);
  if (moments.maxDrawdown === 0 || annual === null) return null;
  return finiteOrNull(annual / Math.abs(moments.maxDrawdown));
}

/**
 * How well a straight line fits the logarithm of cumulative growth: its R squared, 0 to 1 (source:
 * empyrical `stability_of_timeseries`). Null below two returns.
 */
export function stabilityOf(returns: readonly number[]): number | null {
  const logs = cumulativeReturnsOf(returns).map((value) => Math.log1p(value));
  const meanLog = meanOf(logs);
  if (meanLog === null || logs.length < 2) return null;
  const meanIndex = (logs.length - 1) / 2;
  let [both, indices, growth] = [0, 0, 0];
  for (const [index, value] of logs.entries()) {
    both += (index - meanIndex) * (value - meanLog);
    indices += (index - meanIndex) ** 2;
    growth += (value - meanLog) ** 2;
  }
  return finiteOrNull((both * both) / (indices * growth));
}
