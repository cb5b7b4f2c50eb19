import {
  largestOf,
  meanOf,
  overWindows,
  settledExponential,
  smallestOf,
  smoothed,
  trueRanges,
  varianceOf,
  zip,
  type NaiveIndicator,
} from './bars.ts';

/** Volatility from its formulas. */
export const naiveVolatility: Readonly<Record<string, NaiveIndicator>> = {
  tr: (bars) => [trueRanges(bars)],
  atr: (bars, period = 1) => [smoothed(trueRanges(bars), 1 / period, period)],
  natr: (bars, period = 1) => [
    zip(
      smoothed(trueRanges(bars), 1 / period, period),
      bars.close,
      (atr, close) => (100 * atr) / close,
    ),
  ],
  bollinger: ({ series }, period = 1, deviations = 1) => {
    const middle = overWindows(series, period, meanOf);
    const half = overWindows(
      series,
      period,
      (window) => deviations * Math.sqrt(varianceOf(window)),
    );
    const upper = zip(middle, half, (mean, width) => mean + width);
    const lower = zip(middle, half, (mean, width) => mean - width);
    const widths = zip(upper, lower, (top, bottom) => top - bottom);
    return [
      middle,
      upper,
      lower,
      zip(widths, middle, (width, mean) => (100 * width) / mean),
      series.map((value, bar) =>
        half[bar] === 0 ? NaN : (value - (lower[bar] ?? NaN)) / (widths[bar] ?? NaN),
      ),
    ];
  },
  keltner: (bars, period = 1, atrPeriod = 1, multiplier = 1) => {
    const middle = settledExponential(bars.close, period);
    const range = smoothed(trueRanges(bars), 1 / atrPeriod, atrPeriod);
    return [
      middle,
      zip(middle, range, (mean, atr) => mean + multiplier * atr),
      zip(middle, range, (mean, atr) => mean - multiplier * atr),
    ];
  },
  donchian: ({ high, low }, period = 1) => {
    const upper = overWindows(high, period, largestOf);
    const lower = overWindows(low, period, smallestOf);
    return [zip(upper, lower, (top, bottom) => (top + bottom) / 2), upper, lower];
  },
  volatility: ({ series }, period = 1, barsPerYear = 252) => [
    overWindows(
      series.map((value, bar) => value / (series[bar - 1] ?? NaN) - 1),
      period,
      (window) => Math.sqrt(varianceOf(window) * barsPerYear),
    ),
  ],
};
