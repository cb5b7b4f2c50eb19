import { meanOf, overWindows, sumOf, varianceOf, type NaiveIndicator } from './bars.ts';

/** Slope and value at place 0 of the line of least squares, from its normal equations. */
function lineThrough(values: readonly number[]): { slope: number; start: number } {
  const middle = (values.length - 1) / 2;
  const mean = meanOf(values);
  const covered = sumOf(values.map((value, place) => (place - middle) * (value - mean)));
  const slope = covered / sumOf(values.map((_, place) => (place - middle) ** 2));
  return { slope, start: mean - slope * middle };
}

/** The line at `place` bars after the latest of each window. */
function lines(series: readonly number[], period: number, place: number): number[] {
  return overWindows(series, period, (window) => {
    const { slope, start } = lineThrough(window);
    return start + slope * (window.length - 1 + place);
  });
}

const slopes = (series: readonly number[], period: number): number[] =>
  overWindows(series, period, (window) => lineThrough(window).slope);

/** Statistics from their formulas. */
export const naiveStatistics: Readonly<Record<string, NaiveIndicator>> = {
  linreg: ({ series }, period = 2) => [
    lines(series, period, 0),
    slopes(series, period),
    lines(series, period, 1 - period),
    lines(series, period, 1),
  ],
  slope: ({ series }, period = 2) => [slopes(series, period)],
  tsf: ({ series }, period = 2) => [lines(series, period, 1)],
  fosc: ({ series }, period = 2) => {
    const forecasts = lines(series, period, 1);
    return [series.map((value, bar) => (100 * (value - (forecasts[bar - 1] ?? NaN))) / value)];
  },
  variance: ({ series }, period = 1) => [overWindows(series, period, varianceOf)],
  stddev: ({ series }, period = 1) => [
    overWindows(series, period, (window) => Math.sqrt(varianceOf(window))),
  ],
  stderr: ({ series }, period = 1) => [
    overWindows(series, period, (window) => Math.sqrt(varianceOf(window)) / Math.sqrt(period)),
  ],
  zscore: ({ series }, period = 2) => [
    overWindows(series, period, (window) => {
      const deviation = Math.sqrt(varianceOf(window));
      return deviation === 0 ? NaN : ((window.at(-1) ?? NaN) - meanOf(window)) / deviation;
    }),
  ],
  percentile_rank: ({ series }, period = 1) => [
    overWindows(series, period + 1, (window) => {
      const latest = window.at(-1) ?? NaN;
      return (100 * window.slice(0, -1).filter((value) => value <= latest).length) / period;
    }),
  ],
  median: ({ series }, period = 1) => [
    overWindows(series, period, (window) => {
      const sorted = [...window].sort((one, other) => one - other);
      const upper = sorted[Math.floor(period / 2)] ?? NaN;
      const lower = sorted[Math.ceil(period / 2) - 1] ?? NaN;
      return (lower + upper) / 2;
    }),
  ],
};
