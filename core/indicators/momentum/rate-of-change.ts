import { layers } from '../averages/layered.ts';
import { defineIndicator, defineIndicatorOfMany, period } from '../define-indicator.ts';
import { Delay } from '../rolling/delay.ts';
import { ExponentialMean, settledExponentialMean } from '../rolling/exponential-mean.ts';
import { ratio } from '../rolling/ratio.ts';

/** Momentum. */
export const mom = defineIndicator({
  name: 'mom',
  title: 'Momentum',
  description: 'Change over `period` bars, in the unit of the series: x - x[period].',
  inputs: ['series'],
  parameters: [period(10)],
  warmUp: (period) => period,
  start: (period) => {
    const delay = new Delay(period);
    return (value) => value - delay.next(value);
  },
});

/** Rate of change. */
export const roc = defineIndicator({
  name: 'roc',
  title: 'Rate of change',
  description: 'Change over `period` bars in percent: 100 * (x - x[period]) / x[period].',
  inputs: ['series'],
  parameters: [period(10)],
  warmUp: (period) => period,
  start: (period) => {
    const delay = new Delay(period);
    return (value) => {
      const before = delay.next(value);
      return 100 * ratio(value - before, before);
    };
  },
});

/** Rate of change of a triple exponential average. */
export const trix = defineIndicator({
  name: 'trix',
  title: 'Triple exponential rate of change',
  description:
    'Change of a threefold exponential average over one bar, in percent of it: 100 * (e3 - e3[1]) / ' +
    `e3, where e3 = ema(ema(ema(x))), as in Tulip Indicators. ${layers} J. Hutson, 1983.`,
  inputs: ['series'],
  parameters: [period(18)],
  warmUp: (period) => 3 * (period - 1) + 1,
  start: (period) => {
    const first = settledExponentialMean(period);
    const second = settledExponentialMean(period);
    const third = settledExponentialMean(period);
    let before = NaN;
    return (value) => {
      const now = third.next(second.next(first.next(value)));
      const change = 100 * ratio(now - before, now);
      before = now;
      return change;
    };
  },
});

/** Percentage price oscillator. */
export const ppo = defineIndicatorOfMany({
  name: 'ppo',
  title: 'Percentage price oscillator',
  description:
    'The macd in percent of the slow average: ppo = 100 * (ema(fast) - ema(slow)) / ema(slow); ' +
    'signal = ema(ppo, signal); histogram = ppo - signal. The averages are seeded with the first ' +
    'value, the signal with the first ppo, which is shown once the slow average has seen its period.',
  inputs: ['series'],
  parameters: [period(12, 'fast'), period(26, 'slow'), period(9, 'signal')],
  outputs: ['ppo', 'signal', 'histogram'],
  refuses: (fast = 0, slow = 0) =>
    fast < slow ? null : `fast (${fast}) must be shorter than slow (${slow})`,
  warmUp: (_fast, slow) => [slow - 1, slow - 1, slow - 1],
  start: (into, fast, slow, signal) => {
    const quick = settledExponentialMean(fast);
    const calm = settledExponentialMean(slow);
    const trigger = new ExponentialMean(signal, 0);
    return (value) => {
      const base = calm.next(value);
      const distance = 100 * ratio(quick.next(value) - base, base);
      const line = trigger.next(distance);
      into[0] = distance;
      into[1] = line;
      into[2] = distance - line;
    };
  },
});
