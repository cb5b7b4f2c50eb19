import { defineIndicator, defineIndicatorOfMany, period } from '../define-indicator.ts';
import { ratio } from '../rolling/ratio.ts';
import { RollingHighest, RollingLowest } from '../rolling/rolling-extremes.ts';
import { RollingSum } from '../rolling/rolling-sum.ts';

const ages =
  'over the latest bar and the `period` before it; of equal prices the latest counts. T. Chande, 1995.';

/** Aroon. */
export const aroon = defineIndicatorOfMany({
  name: 'aroon',
  title: 'Aroon',
  description:
    'How recent the highest high and the lowest low are, 0 (the oldest bar) to 100 (this one): up = ' +
    `100 * (period - bars since the highest) / period, down likewise, ${ages}`,
  inputs: ['high', 'low'],
  parameters: [period(25)],
  outputs: ['up', 'down'],
  warmUp: (period) => [period, period],
  start: (into, period) => {
    const highest = new RollingHighest(period + 1);
    const lowest = new RollingLowest(period + 1);
    return (high, low) => {
      highest.next(high);
      lowest.next(low);
      into[0] = (100 * (period - highest.age)) / period;
      into[1] = (100 * (period - lowest.age)) / period;
    };
  },
});

/** Aroon oscillator. */
export const aroonosc = defineIndicator({
  name: 'aroonosc',
  title: 'Aroon oscillator',
  description: `Aroon up less Aroon down, -100 to 100, ${ages}`,
  inputs: ['high', 'low'],
  parameters: [period(25)],
  warmUp: (period) => period,
  start: (period) => {
    const highest = new RollingHighest(period + 1);
    const lowest = new RollingLowest(period + 1);
    return (high, low) => {
      highest.next(high);
      lowest.next(low);
      return (100 * (lowest.age - highest.age)) / period;
    };
  },
});

/** Vertical horizontal filter. */
export const vhf = defineIndicator({
  name: 'vhf',
  title: 'Vertical horizontal filter',
  description:
    'Whether the series goes somewhere (towards 1 and above) or wavers (towards 0): (highest - ' +
    'lowest of the last `period` values) / sum of the last `period` |changes|. No value while ' +
    'nothing changes. A. White, 1991.',
  inputs: ['series'],
  parameters: [period(28, 'period', 2)],
  warmUp: (period) => period,
  start: (period) => {
    const highest = new RollingHighest(period);
    const lowest = new RollingLowest(period);
    const ways = new RollingSum(period);
    let before = NaN;
    return (value) => {
      const way = ways.next(Math.abs(value - before));
      before = value;
      return ratio(highest.next(value) - lowest.next(value), way);
    };
  },
});

/** Linear decay. */
export const decay = defineIndicator({
  name: 'decay',
  title: 'Linear decay',
  description:
    'The series where it rises; else it falls by 1 / period a bar, in the unit of the series: ' +
    'max(x, d[1] - 1 / period), seeded with the first value. After Tulip Indicators.',
  inputs: ['series'],
  parameters: [period(5)],
  warmUp: () => 0,
  start: (period) => {
    let now = NaN;
    return (value) => {
      now = Number.isNaN(now) ? value : Math.max(value, now - 1 / period);
      return now;
    };
  },
});
