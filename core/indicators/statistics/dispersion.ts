import { defineIndicator, period } from '../define-indicator.ts';
import { ratio } from '../rolling/ratio.ts';
import { RollingVariance } from '../rolling/rolling-variance.ts';
import { SortedWindow } from '../rolling/sorted-window.ts';

/** Population variance. */
export const variance = defineIndicator({
  name: 'variance',
  title: 'Variance',
  description:
    'Population variance of the last `period` values, in the square of their unit: mean((x - ' +
    'sma(x))^2). Nothing is seeded.',
  inputs: ['series'],
  parameters: [period(20)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const window = new RollingVariance(period);
    return (value) => window.next(value);
  },
});

/** Population standard deviation. */
export const stddev = defineIndicator({
  name: 'stddev',
  title: 'Standard deviation',
  description:
    'Population standard deviation of the last `period` values, in their unit: sqrt(variance). ' +
    'Nothing is seeded.',
  inputs: ['series'],
  parameters: [period(20)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const window = new RollingVariance(period);
    return (value) => Math.sqrt(window.next(value));
  },
});

/** Standard error of the mean. */
export const stderr = defineIndicator({
  name: 'stderr',
  title: 'Standard error',
  description:
    'Standard error of the mean of the last `period` values, in their unit: stddev / sqrt(period), ' +
    'with the population deviation as in Tulip Indicators.',
  inputs: ['series'],
  parameters: [period(20)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const window = new RollingVariance(period);
    return (value) => Math.sqrt(window.next(value) / period);
  },
});

/** Standard score. */
export const zscore = defineIndicator({
  name: 'zscore',
  title: 'Z-score',
  description:
    'Distance of the value from the mean of the last `period` in their population standard ' +
    'deviations: (x - sma(x)) / stddev(x). No value where they are all one.',
  inputs: ['series'],
  parameters: [period(20, 'period', 2)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const window = new RollingVariance(period);
    return (value) => {
      const deviation = Math.sqrt(window.next(value));
      return ratio(value - window.mean, deviation);
    };
  },
});

/** Percentile rank. */
export const percentileRank = defineIndicator({
  name: 'percentile_rank',
  title: 'Percentile rank',
  description:
    'How many of the `period` values before this one are at most as large, in percent, 0 to 100. ' +
    'Found by bisection in a sorted window, in which a bar moves up to `period` numbers.',
  inputs: ['series'],
  parameters: [period(100)],
  cost: 'O(period)',
  warmUp: (period) => period,
  start: (period) => {
    const window = new SortedWindow(period);
    return (value) => {
      const isFull = window.size === period;
      const rank = (100 * window.countUpTo(value)) / period;
      window.push(value);
      return isFull && !Number.isNaN(value) ? rank : NaN;
    };
  },
});

/** Median. */
export const median = defineIndicator({
  name: 'median',
  title: 'Median',
  description:
    'The middle one of the last `period` values in order of size, or the mean of the two middle ' +
    'ones, in their unit. Kept in a sorted window, in which a bar moves up to `period` numbers.',
  inputs: ['series'],
  parameters: [period(20)],
  cost: 'O(period)',
  warmUp: (period) => period - 1,
  start: (period) => {
    const window = new SortedWindow(period);
    return (value) => {
      window.push(value);
      return window.median();
    };
  },
});
