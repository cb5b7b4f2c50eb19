import { finiteOrNull, meanOf, sampleDeviationOf } from './moments.ts';
import { tradingDaysAYear } from './returns.ts';

/** How returns moved with those of a benchmark. */
export interface BenchmarkFigures {
  /** Annual return that the benchmark does not explain, as a fraction; null as `beta`. */
  readonly alpha: number | null;
  /** Return for each unit of the benchmark's; null below two periods or on a flat benchmark. */
  readonly beta: number | null;
  /** Pearson's, -1 to 1; null below two periods or where either does not vary. */
  readonly correlation: number | null;
}

/**
 * Beta is the covariance with the benchmark over its variance; alpha the mean of what beta leaves
 * unexplained, compounded over a year (source: empyrical `beta_aligned`, `alpha_aligned`, risk-free
 * rate 0). Both lists hold the same periods.
 */
export function benchmarkFiguresOf(
  returns: readonly number[],
  benchmark: readonly number[],
): BenchmarkFigures {
  const beta = betaOf(returns, benchmark);
  const correlation = correlationOf(returns, benchmark);
  if (beta === null) return { alpha: null, beta, correlation };
  const unexplained = meanOf(returns.map((value, index) => value - beta * (benchmark[index] ?? 0)));
  const alpha = finiteOrNull((1 + (unexplained ?? 0)) ** tradingDaysAYear - 1);
  return { alpha, beta, correlation };
}

function betaOf(returns: readonly number[], benchmark: readonly number[]): number | null {
  const deviation = sampleDeviationOf(benchmark);
  if (deviation === null || deviation === 0) return null;
  return finiteOrNull(covarianceOf(returns, benchmark) / deviation ** 2);
}

/** Pearson's correlation of two lists of the same periods; null where it does not exist. */
export function correlationOf(a: readonly number[], b: readonly number[]): number | null {
  const deviationOfA = sampleDeviationOf(a);
  const deviationOfB = sampleDeviationOf(b);
  if (deviationOfA === null || deviationOfB === null) return null;
  if (deviationOfA === 0 || deviationOfB === 0) return null;
  const correlation = finiteOrNull(covarianceOf(a, b) / (deviationOfA * deviationOfB));
  // Rounding may carry it over the edge.
  return correlation === null ? null : Math.max(-1, Math.min(1, correlation));
}

/** Sample covariance; of lists of different lengths it does not exist. */
function covarianceOf(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} periods against ${b.length}`);
  const meanOfA = meanOf(a) ?? 0;
  const meanOfB = meanOf(b) ?? 0;
  const products = a.reduce(
    (sum, value, index) => sum + (value - meanOfA) * ((b[index] ?? NaN) - meanOfB),
    0,
  );
  return products / (a.length - 1);
}
