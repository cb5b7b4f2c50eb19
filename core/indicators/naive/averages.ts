import {
  meanOf,
  overWindows,
  settledExponential,
  smoothed,
  sumOf,
  zip,
  type NaiveIndicator,
} from './bars.ts';

/** The mean weighted 1 for the oldest value to n for the latest. */
export function weightedMeanOf(values: readonly number[]): number {
  const weights = values.map((_, index) => index + 1);
  return sumOf(zip(values, weights, (value, weight) => value * weight)) / sumOf(weights);
}

/** Averages from their formulas. */
export const naiveAverages: Readonly<Record<string, NaiveIndicator>> = {
  sma: ({ series }, period = 1) => [overWindows(series, period, meanOf)],
  ema: ({ series }, period = 1, seed = 0) => [
    smoothed(series, 2 / (period + 1), seed === 1 ? period : 1),
  ],
  wma: ({ series }, period = 1) => [overWindows(series, period, weightedMeanOf)],
  hma: ({ series }, period = 1) => {
    const half = overWindows(series, Math.floor(period / 2), weightedMeanOf);
    const whole = overWindows(series, period, weightedMeanOf);
    const quick = zip(half, whole, (of, from) => 2 * of - from);
    return [overWindows(quick, Math.floor(Math.sqrt(period)), weightedMeanOf)];
  },
  dema: ({ series }, period = 1) => {
    const once = settledExponential(series, period);
    const twice = settledExponential(once, period);
    return [zip(once, twice, (one, two) => 2 * one - two)];
  },
  tema: ({ series }, period = 1) => {
    const once = settledExponential(series, period);
    const twice = settledExponential(once, period);
    const thrice = settledExponential(twice, period);
    return [once.map((one, bar) => 3 * one - 3 * (twice[bar] ?? NaN) + (thrice[bar] ?? NaN))];
  },
  kama: ({ series }, period = 1, fast = 2, slow = 30) => {
    let average = NaN;
    return [
      series.map((value, bar) => {
        if (bar < period - 1) return NaN;
        if (bar === period - 1) return (average = value);
        const window = series.slice(bar - period, bar + 1);
        const way = sumOf(window.slice(1).map((to, at) => Math.abs(to - (window[at] ?? NaN))));
        const efficiency = way === 0 ? 1 : Math.abs(value - (window[0] ?? NaN)) / way;
        const [quick, calm] = [2 / (fast + 1), 2 / (slow + 1)];
        average += (efficiency * (quick - calm) + calm) ** 2 * (value - average);
        return average;
      }),
    ];
  },
  vwma: ({ series, volume }, period = 1) => {
    const money = overWindows(
      zip(series, volume, (value, units) => value * units),
      period,
      sumOf,
    );
    return [zip(money, overWindows(volume, period, sumOf), (of, units) => of / (units || NaN))];
  },
  zlema: ({ series }, period = 1) => {
    const lag = Math.floor((period - 1) / 2);
    const moved = series.map((value, bar) => value + (value - (series[bar - lag] ?? NaN)));
    return [smoothed(moved, 2 / (period + 1), 1)];
  },
  wilders: ({ series }, period = 1) => [smoothed(series, 1 / period, period)],
};
