import { defineIndicator, defineIndicatorOfMany, period } from '../define-indicator.ts';
import { ratio } from '../rolling/ratio.ts';
import { RollingHighest, RollingLowest } from '../rolling/rolling-extremes.ts';
import { RollingMean } from '../rolling/rolling-sum.ts';
import { startRelativeStrength } from './relative-strength.ts';

/** Stochastic oscillator. */
export const stoch = defineIndicatorOfMany({
  name: 'stoch',
  title: 'Stochastic oscillator',
  description:
    'Where the close stands between the lowest low (0) and the highest high (100) of the last ' +
    '`k_period` bars: k = sma(100 * (close - lowest) / (highest - lowest), slowing), d = sma(k, ' +
    'd_period). No value where highest and lowest are one price; the means begin anew after it. ' +
    'Nothing is seeded. G. Lane.',
  inputs: ['high', 'low', 'close'],
  parameters: [period(14, 'k_period'), period(3, 'slowing'), period(3, 'd_period')],
  outputs: ['k', 'd'],
  warmUp: (kPeriod, slowing, dPeriod) => [kPeriod + slowing - 2, kPeriod + slowing + dPeriod - 3],
  start: (into, kPeriod, slowing, dPeriod) => {
    const highest = new RollingHighest(kPeriod);
    const lowest = new RollingLowest(kPeriod);
    const slow = new RollingMean(slowing);
    const signal = new RollingMean(dPeriod);
    return (high, low, close) => {
      const floor = lowest.next(low);
      const k = slow.next(100 * ratio(close - floor, highest.next(high) - floor));
      into[0] = k;
      into[1] = signal.next(k);
    };
  },
});

/** Stochastic of the relative strength index. */
export const stochrsi = defineIndicatorOfMany({
  name: 'stochrsi',
  title: 'Stochastic relative strength index',
  description:
    'Where the rsi stands between its lowest (0) and highest (100) of the last `k_period` bars: k = ' +
    'sma(100 * (rsi - lowest) / (highest - lowest), slowing), d = sma(k, d_period). No value where ' +
    'highest and lowest are one, within a billionth of a point. The rsi is seeded as `rsi` is. T. Chande and S. Kroll, The New ' +
    'Technical Trader, 1994.',
  inputs: ['series'],
  parameters: [period(14), period(14, 'k_period', 2), period(3, 'slowing'), period(3, 'd_period')],
  outputs: ['k', 'd'],
  warmUp: (period, kPeriod, slowing, dPeriod) => [
    period + kPeriod + slowing - 2,
    period + kPeriod + slowing + dPeriod - 3,
  ],
  start: (into, period, kPeriod, slowing, dPeriod) => {
    const strength = startRelativeStrength(period);
    const highest = new RollingHighest(kPeriod);
    const lowest = new RollingLowest(kPeriod);
    const slow = new RollingMean(slowing);
    const signal = new RollingMean(dPeriod);
    return (value) => {
      const now = strength(value);
      const floor = lowest.next(now);
      const range = highest.next(now) - floor;
      // While prices stand the index moves by its rounding alone.
      const k = slow.next(100 * ratio(now - floor, range < 1e-9 ? 0 : range));
      into[0] = k;
      into[1] = signal.next(k);
    };
  },
});

/** Williams %R. */
export const williamsR = defineIndicator({
  name: 'williams_r',
  title: 'Williams %R',
  description:
    'Where the close stands between the lowest low (-100) and the highest high (0) of the last ' +
    '`period` bars: -100 * (highest - close) / (highest - lowest). No value where the two are one ' +
    'price. L. Williams.',
  inputs: ['high', 'low', 'close'],
  parameters: [period(14)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const highest = new RollingHighest(period);
    const lowest = new RollingLowest(period);
    return (high, low, close) => {
      const top = highest.next(high);
      return -100 * ratio(top - close, top - lowest.next(low));
    };
  },
});

/** Fisher transform. */
export const fisher = defineIndicatorOfMany({
  name: 'fisher',
  title: 'Fisher transform',
  description:
    'Turning points of the middle price m = (high + low) / 2, without unit or bounds: v = 0.66 * ' +
    '((m - lowest) / (highest - lowest) - 0.5) + 0.67 * v[1], held within 0.999; fisher = 0.5 * ' +
    'ln((1 + v) / (1 - v)) + 0.5 * fisher[1]; signal = fisher[1]. Lowest and highest are those of ' +
    'the last `period` middles; where they are one the fraction is 0. Seeded with 0. J. Ehlers, 2002.',
  inputs: ['high', 'low'],
  parameters: [period(9)],
  outputs: ['fisher', 'signal'],
  warmUp: (period) => [period - 1, period - 1],
  start: (into, period) => {
    const highest = new RollingHighest(period);
    const lowest = new RollingLowest(period);
    let position = 0;
    let now = 0;
    return (high, low) => {
      const middle = (high + low) / 2;
      const floor = lowest.next(middle);
      const range = highest.next(middle) - floor;
      if (Number.isNaN(range)) {
        position = 0;
        now = 0;
        into.fill(NaN);
        return;
      }
      const place = range === 0 ? 0 : (middle - floor) / range;
      position = 0.66 * (place - 0.5) + 0.67 * position;
      if (position > 0.99) position = 0.999;
      if (position < -0.99) position = -0.999;
      into[1] = now;
      now = 0.5 * Math.log((1 + position) / (1 - position)) + 0.5 * now;
      into[0] = now;
    };
  },
});
