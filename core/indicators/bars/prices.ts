import { defineIndicator, defineIndicatorOfMany, period } from '../define-indicator.ts';
import { Delay } from '../rolling/delay.ts';

/** Heikin-Ashi bars. */
export const heikinAshi = defineIndicatorOfMany({
  name: 'heikin_ashi',
  title: 'Heikin-Ashi bar',
  description:
    'Smoothed bar in rupees: close = (open + high + low + close) / 4; open = the middle of the ' +
    'smoothed open and close before, on a first bar of its own open and close; high and low reach ' +
    'over both. It is no price that traded.',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['close', 'open', 'high', 'low'],
  warmUp: () => [0, 0, 0, 0],
  start: (into) => {
    let [openBefore, closeBefore] = [NaN, NaN];
    return (open, high, low, close) => {
      const end = (open + high + low + close) / 4;
      const start = Number.isNaN(openBefore) ? (open + close) / 2 : (openBefore + closeBefore) / 2;
      into[0] = end;
      into[1] = Number.isNaN(end) ? NaN : start;
      into[2] = Math.max(high, into[1], end);
      into[3] = Math.min(low, into[1], end);
      openBefore = into[1];
      closeBefore = end;
    };
  },
});

/** Pivot points of the day. */
export const pivotPoints = defineIndicatorOfMany({
  name: 'pivot_points',
  title: 'Pivot points',
  description:
    'Levels of the day in rupees from high H, low L and last close C of the exchange day before: ' +
    'pivot P = (H + L + C) / 3; r1 = 2P - L, s1 = 2P - H; r2 = P + (H - L), s2 = P - (H - L); r3 = ' +
    'H + 2(P - L), s3 = L - 2(H - P). They stand from the first bar of a day to its last; the first ' +
    'day has none, so warm-up is a day, at least one bar. A bar with a gap has none and is left out.',
  inputs: ['high', 'low', 'close', 'day'],
  outputs: ['pivot', 'r1', 's1', 'r2', 's2', 'r3', 's3'],
  warmUp: () => [1, 1, 1, 1, 1, 1, 1],
  start: (into) => {
    const levels = new Float64Array(7).fill(NaN);
    let [today, highest, lowest, last] = [NaN, NaN, NaN, NaN];
    return (high, low, close, day) => {
      if (Number.isNaN(day)) {
        into.fill(NaN);
        return;
      }
      if (day !== today) {
        const range = highest - lowest;
        const pivot = (highest + lowest + last) / 3;
        levels[0] = pivot;
        levels[1] = 2 * pivot - lowest;
        levels[2] = 2 * pivot - highest;
        levels[3] = pivot + range;
        levels[4] = pivot - range;
        levels[5] = highest + 2 * (pivot - lowest);
        levels[6] = lowest - 2 * (highest - pivot);
        today = day;
        highest = high;
        lowest = low;
      }
      highest = Math.max(highest, high);
      lowest = Math.min(lowest, low);
      last = close;
      into.set(levels);
    };
  },
});

/** Opening range of the day. */
export const openingRange = defineIndicatorOfMany({
  name: 'opening_range',
  title: 'Opening range',
  description:
    'Highest and lowest price in rupees of the first bars of the exchange day, from its first bar to ' +
    'its last; while the day has fewer bars, of those it has, so that no close is beyond the range of ' +
    'which its bar is a part. A bar with a gap has none and is left out. T. Crabel, Day Trading with ' +
    'Short Term Price Patterns and Opening Range Breakout, 1990.',
  inputs: ['high', 'low', 'day'],
  // By default half an hour of five-minute bars; at most the minutes of a day.
  parameters: [{ name: 'bars', default: 6, minimum: 1, maximum: 375, whole: true }],
  outputs: ['high', 'low'],
  warmUp: () => [0, 0],
  start: (into, bars = 6) => {
    let [today, seen, highest, lowest] = [NaN, 0, NaN, NaN];
    return (high, low, day) => {
      if (Number.isNaN(day)) {
        into.fill(NaN);
        return;
      }
      if (day !== today) [today, seen, highest, lowest] = [day, 0, high, low];
      if (seen < bars) {
        highest = Math.max(highest, high);
        lowest = Math.min(lowest, low);
        seen += 1;
      }
      into[0] = highest;
      into[1] = lowest;
    };
  },
});

/** Middle price of the bar. */
export const medprice = defineIndicator({
  name: 'medprice',
  title: 'Median price',
  description: 'Middle of the bar in rupees: (high + low) / 2.',
  inputs: ['high', 'low'],
  warmUp: () => 0,
  start: () => (high, low) => (high + low) / 2,
});

/** The value of some bars ago. */
export const lag = defineIndicator({
  name: 'lag',
  title: 'Lag',
  description: 'The value of `period` bars ago, in the unit of the series: x[period].',
  inputs: ['series'],
  parameters: [period(1)],
  warmUp: (period) => period,
  start: (period) => {
    const delay = new Delay(period);
    return (value) => delay.next(value);
  },
});
