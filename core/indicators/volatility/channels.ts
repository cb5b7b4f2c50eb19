import { defineIndicatorOfMany, factor, period } from '../define-indicator.ts';
import { settledExponentialMean, wilderMean } from '../rolling/exponential-mean.ts';
import { ratio } from '../rolling/ratio.ts';
import { RollingHighest, RollingLowest } from '../rolling/rolling-extremes.ts';
import { RollingVariance } from '../rolling/rolling-variance.ts';
import { TrueRange } from '../rolling/true-range.ts';

/** Bollinger bands. */
export const bollinger = defineIndicatorOfMany({
  name: 'bollinger',
  title: 'Bollinger bands',
  description:
    'Bands around the mean in the unit of the series: middle = sma(x), upper and lower = middle +- ' +
    'deviations * population standard deviation; bandwidth = 100 * (upper - lower) / middle, in ' +
    'percent; percent_b = (x - lower) / (upper - lower), 0 on the lower and 1 on the upper band, no ' +
    'value where they are one. Nothing is seeded. J. Bollinger.',
  inputs: ['series'],
  parameters: [period(20, 'period', 2), factor('deviations', 2, 0.01, 100)],
  outputs: ['middle', 'upper', 'lower', 'bandwidth', 'percent_b'],
  warmUp: (period) => [period - 1, period - 1, period - 1, period - 1, period - 1],
  start: (into, period, deviations) => {
    const window = new RollingVariance(period);
    return (value) => {
      const half = deviations * Math.sqrt(window.next(value));
      const { mean } = window;
      into[0] = mean;
      into[1] = mean + half;
      into[2] = mean - half;
      into[3] = 200 * ratio(half, mean);
      into[4] = ratio(value - (mean - half), 2 * half);
    };
  },
  batch: ([series], [middle, upper, lower, bandwidth, place], period = 1, deviations = 1) => {
    if (!series || !middle || !upper || !lower || !bandwidth || !place) return;
    const window = new RollingVariance(period);
    for (let bar = 0; bar < series.length; bar += 1) {
      const value = series[bar] ?? NaN;
      const half = deviations * Math.sqrt(window.next(value));
      const { mean } = window;
      middle[bar] = mean;
      upper[bar] = mean + half;
      lower[bar] = mean - half;
      bandwidth[bar] = 200 * ratio(half, mean);
      place[bar] = ratio(value - (mean - half), 2 * half);
    }
  },
});

/** Keltner channels. */
export const keltner = defineIndicatorOfMany({
  name: 'keltner',
  title: 'Keltner channels',
  description:
    'Bands around an average in rupees: middle = ema(close, period), upper and lower = middle +- ' +
    'multiplier * atr(atr_period). The ema is seeded with the first close and shown from its ' +
    "`period`-th on, the atr is Wilder's. After L. Raschke.",
  inputs: ['high', 'low', 'close'],
  parameters: [period(20), period(10, 'atr_period'), factor('multiplier', 2, 0.01, 100)],
  outputs: ['middle', 'upper', 'lower'],
  warmUp: (period, atrPeriod) => {
    const bands = Math.max(period, atrPeriod) - 1;
    return [period - 1, bands, bands];
  },
  start: (into, period, atrPeriod, multiplier) => {
    const average = settledExponentialMean(period);
    const range = new TrueRange();
    const mean = wilderMean(atrPeriod);
    return (high, low, close) => {
      const middle = average.next(close);
      const width = multiplier * mean.next(range.next(high, low, close));
      into[0] = middle;
      into[1] = middle + width;
      into[2] = middle - width;
    };
  },
});

/** Donchian channels. */
export const donchian = defineIndicatorOfMany({
  name: 'donchian',
  title: 'Donchian channels',
  description:
    'Highest high and lowest low of the last `period` bars, this one included, in rupees, and ' +
    'middle = (upper + lower) / 2. R. Donchian.',
  inputs: ['high', 'low'],
  parameters: [period(20)],
  outputs: ['middle', 'upper', 'lower'],
  warmUp: (period) => [period - 1, period - 1, period - 1],
  start: (into, period) => {
    const highest = new RollingHighest(period);
    const lowest = new RollingLowest(period);
    return (high, low) => {
      const upper = highest.next(high);
      const lower = lowest.next(low);
      into[0] = (upper + lower) / 2;
      into[1] = upper;
      into[2] = lower;
    };
  },
});
