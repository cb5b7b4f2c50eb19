import type { IndicatorInput } from '../indicator.ts';

/** Columns without gaps, one array for each thing an indicator can be fed. */
export type NaiveBars = Readonly<Record<IndicatorInput, readonly number[]>>;

/**
 * An indicator written straight from its formula, at any price of time, to compare the real one with:
 * one array for each output, NaN where it has no value.
 */
export type NaiveIndicator = (bars: NaiveBars, ...settings: number[]) => readonly number[][];

/** The sum of some numbers. */
export function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** The arithmetic mean of some numbers. */
export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

/** `compute` of each window of `period` values, NaN where it is not full or a value is missing. */
export function overWindows(
  values: readonly number[],
  period: number,
  compute: (window: readonly number[]) => number,
): number[] {
  const start = values.findIndex((value) => !Number.isNaN(value));
  return values.map((_, bar) =>
    start < 0 || bar < start + period - 1 ? NaN : compute(values.slice(bar + 1 - period, bar + 1)),
  );
}

/** Smoothing that begins as the mean of its first `seed` values and moves by `factor` of each step. */
export function smoothed(values: readonly number[], factor: number, seed: number): number[] {
  const start = values.findIndex((value) => !Number.isNaN(value));
  let mean = NaN;
  return values.map((value, bar) => {
    if (start < 0 || bar < start + seed - 1) return NaN;
    mean =
      bar === start + seed - 1
        ? meanOf(values.slice(start, start + seed))
        : factor * value + (1 - factor) * mean;
    return mean;
  });
}

/** Exponential averages seeded with the first value, the first `period - 1` of them left out. */
export function settledExponential(values: readonly number[], period: number): number[] {
  const start = values.findIndex((value) => !Number.isNaN(value));
  return smoothed(values, 2 / (period + 1), 1).map((mean, bar) =>
    bar < start + period - 1 ? NaN : mean,
  );
}

/** True ranges of the bars. */
export function trueRanges({ high, low, close }: NaiveBars): number[] {
  return high.map((top, bar) => {
    const [bottom, before] = [low[bar] ?? NaN, close[bar - 1]];
    if (before === undefined) return top - bottom;
    return Math.max(top - bottom, Math.abs(top - before), Math.abs(bottom - before));
  });
}

/** `compute` of two columns, bar by bar. */
export function zip(
  left: readonly number[],
  right: readonly number[],
  compute: (left: number, right: number) => number,
): number[] {
  return left.map((value, bar) => compute(value, right[bar] ?? NaN));
}

/** What the series changes from bar to bar; NaN on the first. */
export function changesOf(series: readonly number[]): number[] {
  return series.map((value, bar) => value - (series[bar - 1] ?? NaN));
}

/** The largest of some numbers. */
export function largestOf(values: readonly number[]): number {
  let largest = -Infinity;
  for (const value of values) largest = Math.max(largest, value);
  return largest;
}

/** The smallest of some numbers. */
export function smallestOf(values: readonly number[]): number {
  let smallest = Infinity;
  for (const value of values) smallest = Math.min(smallest, value);
  return smallest;
}

/** Mean square of the distances from the mean; exactly 0 where all are one. */
export function varianceOf(values: readonly number[]): number {
  if (values.every((value) => value === values[0])) return 0;
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
}

/** Typical prices of the bars. */
export function typicalPrices({ high, low, close }: NaiveBars): number[] {
  const [lows, closes] = [low, close];
  return high.map((top, bar) => (top + (lows[bar] ?? NaN) + (closes[bar] ?? NaN)) / 3);
}

/** Middles of the bars. */
export function middlePrices({ high, low }: NaiveBars): number[] {
  return zip(high, low, (top, bottom) => (top + bottom) / 2);
}
