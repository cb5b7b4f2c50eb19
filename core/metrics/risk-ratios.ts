import { maxDrawdownOf } from './drawdown.ts';
import { finiteOrNull, meanOf, sampleDeviationOf } from './moments.ts';
import { annualReturnOf, cumulativeReturnsOf, tradingDaysAYear, type Returns } from './returns.ts';

/** A rate for each period as a fraction: one for all, or one of each period. */
export type PeriodRate = number | Returns;

/**
 * Sample deviation of returns times the root of the periods of a year, a fraction (source: empyrical
 * `annual_volatility`). Null below two returns.
 */
export function annualVolatilityOf(
  returns: Returns,
  periodsAYear = tradingDaysAYear,
): number | null {
  const deviation = sampleDeviationOf(known(returns));
  return deviation === null ? null : finiteOrNull(deviation * Math.sqrt(periodsAYear));
}

/**
 * Mean over sample deviation of the returns above the risk-free rate, a year (source: empyrical
 * `sharpe_ratio`). Null below two returns or where they do not vary.
 */
export function sharpeRatioOf(
  returns: Returns,
  riskFree: PeriodRate = 0,
  periodsAYear = tradingDaysAYear,
): number | null {
  const excess = excessOver(returns, riskFree);
  const mean = meanOf(excess);
  const deviation = sampleDeviationOf(excess);
  if (mean === null || deviation === null || deviation === 0) return null;
  return finiteOrNull((mean / deviation) * Math.sqrt(periodsAYear));
}

/**
 * Mean return above the required one over the downside deviation, a year (source: empyrical
 * `sortino_ratio`). The downside deviation is the root of the mean square of what falls short, over
 * all periods and not only the bad ones. Null below two returns or where nothing falls short.
 */
export function sortinoRatioOf(
  returns: Returns,
  required: PeriodRate = 0,
  periodsAYear = tradingDaysAYear,
): number | null {
  const excess = excessOver(returns, required);
  const mean = meanOf(excess);
  const squares = meanOf(excess.map((value) => Math.min(value, 0) ** 2));
  if (mean === null || squares === null || excess.length < 2 || squares === 0) return null;
  return finiteOrNull((mean / Math.sqrt(squares)) * Math.sqrt(periodsAYear));
}

/**
 * Annual return over the depth of the deepest drawdown (source: empyrical `calmar_ratio`). Null
 * without a drawdown.
 */
export function calmarRatioOf(returns: Returns, periodsAYear = tradingDaysAYear): number | null {
  const deepest = maxDrawdownOf(returns);
  const annual = annualReturnOf(returns, periodsAYear);
  if (deepest === null || deepest === 0 || annual === null) return null;
  return finiteOrNull(annual / Math.abs(deepest));
}

/**
 * How well a straight line fits the logarithm of cumulative growth: its R squared, 0 to 1 (source:
 * empyrical `stability_of_timeseries`). Null below two returns.
 */
export function stabilityOf(returns: Returns): number | null {
  const logs = cumulativeReturnsOf(known(returns)).map((value) => Math.log1p(value));
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

function known(returns: Returns): number[] {
  return returns.filter((value) => value !== null);
}

function excessOver(returns: Returns, rate: PeriodRate): number[] {
  return known(
    returns.map((value, index) => {
      const other = typeof rate === 'number' ? rate : (rate[index] ?? null);
      return value === null || other === null ? null : value - other;
    }),
  );
}
