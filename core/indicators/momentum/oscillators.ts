import { defineIndicator, period } from '../define-indicator.ts';
import { ratio } from '../rolling/ratio.ts';
import { RollingMean, RollingSum } from '../rolling/rolling-sum.ts';

/** Ultimate oscillator. */
export const ultimate = defineIndicator({
  name: 'ultimate',
  title: 'Ultimate oscillator',
  description:
    'Buying pressure over three periods at once, 0 to 100: 100 * (4 * s + 2 * m + l) / 7, each of s, ' +
    'm, l being sum(close - min(low, close[1])) / sum(true range) over its period. No value where ' +
    'a sum of ranges is 0. The first bar, without a close before it, counts in none. L. Williams, 1985.',
  inputs: ['high', 'low', 'close'],
  parameters: [period(7, 'short'), period(14, 'medium'), period(28, 'long')],
  refuses: (short = 0, medium = 0, long = 0) =>
    short <= medium && medium <= long
      ? null
      : `short (${short}), medium (${medium}) and long (${long}) must not fall`,
  warmUp: (_short, _medium, long) => long,
  start: (...periods) => {
    const windows = periods.map((period) => ({
      pressures: new RollingSum(period),
      ranges: new RollingSum(period),
    }));
    let before = NaN;
    return (high, low, close) => {
      const floor = Math.min(low, before);
      const range = Math.max(high, before) - floor;
      let weighted = 0;
      let weight = 4;
      for (const { pressures, ranges } of windows) {
        weighted += weight * ratio(pressures.next(close - floor), ranges.next(range));
        weight /= 2;
      }
      before = close;
      return (100 * weighted) / 7;
    };
  },
});

/** Awesome oscillator. */
export const awesome = defineIndicator({
  name: 'awesome',
  title: 'Awesome oscillator',
  description:
    'Momentum of the middle price in rupees: sma(m, fast) - sma(m, slow), m = (high + low) / 2. ' +
    'Nothing is seeded. B. Williams, New Trading Dimensions, 1998.',
  inputs: ['high', 'low'],
  parameters: [period(5, 'fast'), period(34, 'slow')],
  refuses: (fast = 0, slow = 0) =>
    fast < slow ? null : `fast (${fast}) must be shorter than slow (${slow})`,
  warmUp: (_fast, slow) => slow - 1,
  start: (fast, slow) => {
    const quick = new RollingMean(fast);
    const calm = new RollingMean(slow);
    return (high, low) => {
      const middle = (high + low) / 2;
      return quick.next(middle) - calm.next(middle);
    };
  },
});

/** Chande momentum oscillator. */
export const cmo = defineIndicator({
  name: 'cmo',
  title: 'Chande momentum oscillator',
  description:
    'Rises against falls of the last `period` changes, -100 to 100: 100 * (sum of rises - sum of ' +
    'falls) / (sum of rises + sum of falls). No value while nothing changes. T. Chande and S. ' +
    'Kroll, The New Technical Trader, 1994.',
  inputs: ['series'],
  parameters: [period(14)],
  warmUp: (period) => period,
  start: (period) => {
    const rises = new RollingSum(period);
    const falls = new RollingSum(period);
    let before = NaN;
    return (value) => {
      const change = value - before;
      before = value;
      const up = rises.next(Math.max(change, 0));
      const down = falls.next(Math.max(-change, 0));
      return 100 * ratio(up - down, up + down);
    };
  },
});

/** Commodity channel index. */
export const cci = defineIndicator({
  name: 'cci',
  title: 'Commodity channel index',
  description:
    'Distance of the typical price t = (high + low + close) / 3 from its mean, without unit or ' +
    'bounds: (t - sma(t)) / (0.015 * mean of |t - sma(t)| over the last `period` bars). No value ' +
    'where no price differs from the mean. Nothing is seeded. D. Lambert, 1980.',
  inputs: ['high', 'low', 'close'],
  parameters: [period(20, 'period', 2)],
  cost: 'O(period)',
  warmUp: (period) => period - 1,
  start: (period) => {
    const mean = new RollingMean(period);
    const window = new Float64Array(period);
    let position = 0;
    let before = NaN;
    let standing = 0;
    return (high, low, close) => {
      const typical = (high + low + close) / 3;
      window[position] = typical;
      position = position + 1 === period ? 0 : position + 1;
      const centre = mean.next(typical);
      standing = typical === before ? standing + 1 : 1;
      before = typical;
      // Rounding of the mean would else be divided by rounding of the mean.
      if (Number.isNaN(centre) || standing >= period) return NaN;
      let distances = 0;
      for (const value of window) distances += Math.abs(value - centre);
      return ratio(typical - centre, (0.015 * distances) / period);
    };
  },
});

/** Balance of power. */
export const bop = defineIndicator({
  name: 'bop',
  title: 'Balance of power',
  description:
    'How far buyers moved the bar, -1 to 1: (close - open) / (high - low). No value for a bar of ' +
    'one price. I. Livshin, 2001.',
  inputs: ['open', 'high', 'low', 'close'],
  warmUp: () => 0,
  start: () => (open, high, low, close) => ratio(close - open, high - low),
});
