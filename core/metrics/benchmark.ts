import { deviationAbout, finiteOrNull, meanOf } from './moments.ts';
import { returnMomentsOf, type ReturnMoments } from './return-moments.ts';
import { tradingDaysAYear } from './risk-ratios.ts';

/** How returns moved with those of a benchmark. */
export interface BenchmarkFigures {
  /** Annual return that the benchmark does not explain, as a fraction; null as `beta`. */
  readonly alpha: number | null;
  /** The same in percent. */
  readonly alphaPercent: number | null;
  /** Return for each unit of the benchmark's; null below two periods or on a flat benchmark. */
  readonly beta: number | null;
  /** Pearson's, -1 to 1; null below two periods or where either does not vary. */
  readonly correlation: number | null;
}

/** A benchmark's returns with what any number of curves against it need of them. */
export interface Benchmark {
  readonly returns: ArrayLike<number>;
  /** NaN without a period. */
  readonly mean: number;
  /** Sample deviation; null below two periods. */
  readonly deviation: number | null;
  /** What one has become: 1.1 after a rise of ten percent. */
  readonly growth: number;
}

/** The returns of a benchmark made ready. */
export function benchmarkWith(returns: ArrayLike<number>): Benchmark {
  const { mean, deviation, growth } = returnMomentsOf(returns);
  return { returns, mean, deviation: Number.isNaN(deviation) ? null : deviation, growth };
}

/**
 * Beta is the covariance with the benchmark over its variance; alpha the mean of what beta leaves
 * unexplained, compounded over a year (source: empyrical `beta_aligned`, `alpha_aligned`, risk-free
 * rate 0). Both lists hold the same periods; the moments are those of the returns.
 */
export function benchmarkFiguresOf(
  returns: ArrayLike<number>,
  { mean, deviation }: ReturnMoments,
  benchmark: Benchmark,
): BenchmarkFigures {
  const none = { alpha: null, alphaPercent: null, beta: null };
  const { mean: meanOfOther, deviation: other } = benchmark;
  if (other === null || other === 0) return { ...none, correlation: null };
  const covariance = covarianceOf(returns, mean, benchmark);
  const correlation = correlationFrom(covariance, deviation, other);
  const beta = finiteOrNull(covariance / other ** 2);
  if (beta === null) return { ...none, correlation };
  const unexplained = mean - beta * meanOfOther;
  const alpha = finiteOrNull((1 + unexplained) ** tradingDaysAYear - 1);
  const alphaPercent = alpha === null ? null : finiteOrNull(alpha * 100);
  return { alpha, alphaPercent, beta, correlation };
}

/** Pearson's correlation of two lists of the same periods; null where it does not exist. */
export function correlationOf(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const benchmark = benchmarkWith(b);
  if (benchmark.deviation === null || a.length < 2) return null;
  const mean = meanOf(a) ?? NaN;
  const covariance = covarianceOf(a, mean, benchmark);
  return correlationFrom(covariance, deviationAbout(mean, a), benchmark.deviation);
}

function correlationFrom(covariance: number, own: number, other: number): number | null {
  if (own === 0 || other === 0) return null;
  const correlation = finiteOrNull(covariance / (own * other));
  // Rounding may carry it over the edge.
  return correlation === null ? null : Math.max(-1, Math.min(1, correlation));
}

/** The sample covariance of returns, whose mean is given, with a benchmark's. */
function covarianceOf(
  returns: ArrayLike<number>,
  mean: number,
  { returns: others, mean: other }: Benchmark,
): number {
  const { length } = returns;
  if (length !== others.length) throw new RangeError(`${length} periods against ${others.length}`);
  let products = 0;
  for (let index = 0; index < length; index += 1) {
    products += ((returns[index] as number) - mean) * ((others[index] as number) - other);
  }
  return products / (length - 1);
}
