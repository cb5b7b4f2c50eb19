import { defineIndicator, period } from '../define-indicator.ts';
import { Delay } from '../rolling/delay.ts';
import {
  ExponentialMean,
  settledExponentialMean,
  wilderMean,
} from '../rolling/exponential-mean.ts';

/** What the layers of dema, tema and trix have in common. */
export const layers =
  'Each ema is seeded with the first value it is given and gives its own from its `period`-th on.';

/** Double exponential moving average. */
export const dema = defineIndicator({
  name: 'dema',
  title: 'Double exponential moving average',
  description:
    'Exponential average that lags less, in the unit of the series: 2 * e1 - e2, where e1 = ema(x), ' +
    `e2 = ema(e1). ${layers} P. Mulloy, 1994.`,
  inputs: ['series'],
  parameters: [period(20)],
  warmUp: (period) => 2 * (period - 1),
  start: (period) => {
    const first = settledExponentialMean(period);
    const second = settledExponentialMean(period);
    return (value) => {
      const once = first.next(value);
      return 2 * once - second.next(once);
    };
  },
});

/** Triple exponential moving average. */
export const tema = defineIndicator({
  name: 'tema',
  title: 'Triple exponential moving average',
  description:
    'Exponential average that lags still less, in the unit of the series: 3 * e1 - 3 * e2 + e3, ' +
    `where e1 = ema(x), e2 = ema(e1), e3 = ema(e2). ${layers} P. Mulloy, 1994.`,
  inputs: ['series'],
  parameters: [period(20)],
  warmUp: (period) => 3 * (period - 1),
  start: (period) => {
    const first = settledExponentialMean(period);
    const second = settledExponentialMean(period);
    const third = settledExponentialMean(period);
    return (value) => {
      const once = first.next(value);
      const twice = second.next(once);
      return 3 * once - 3 * twice + third.next(twice);
    };
  },
});

/** Zero lag exponential moving average. */
export const zlema = defineIndicator({
  name: 'zlema',
  title: 'Zero lag exponential moving average',
  description:
    'Exponential average of values moved on by what they changed of late, in the unit of the ' +
    'series: ema(x + (x - x[lag]), period) with lag = (period - 1) / 2 rounded down, seeded with ' +
    'the first such value. J. Ehlers and R. Way, 2010.',
  inputs: ['series'],
  parameters: [period(20)],
  warmUp: (period) => Math.floor((period - 1) / 2),
  start: (period) => {
    const delay = new Delay(Math.floor((period - 1) / 2));
    const mean = new ExponentialMean(period, 0);
    return (value) => mean.next(2 * value - delay.next(value));
  },
});

/** Wilder's smoothing. */
export const wilders = defineIndicator({
  name: 'wilders',
  title: "Wilder's smoothing",
  description:
    'Average in the unit of the series: w = w[1] + (x - w[1]) / period, seeded with the simple ' +
    'mean of the first `period` values. J. W. Wilder, New Concepts in Technical Trading Systems, ' +
    '1978.',
  inputs: ['series'],
  parameters: [period(14)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const mean = wilderMean(period);
    return (value) => mean.next(value);
  },
});
