import { defineIndicatorOfMany, period } from '../define-indicator.ts';
import { ExponentialMean, settledExponentialMean } from '../rolling/exponential-mean.ts';

/** Moving average convergence/divergence. */
export const macd = defineIndicatorOfMany({
  name: 'macd',
  title: 'Moving average convergence/divergence',
  description:
    'Distance of a fast from a slow exponential average, in the unit of the series: macd = ' +
    'ema(fast) - ema(slow); signal = ema(macd, signal); histogram = macd - signal. The averages are ' +
    'seeded with the first value, the signal with the first macd, which is shown once the slow ' +
    'average has seen its period. G. Appel.',
  inputs: ['series'],
  parameters: [period(12, 'fast'), period(26, 'slow'), period(9, 'signal')],
  outputs: ['macd', 'signal', 'histogram'],
  refuses: (fast = 0, slow = 0) =>
    fast < slow ? null : `fast (${fast}) must be shorter than slow (${slow})`,
  warmUp: (_fast, slow) => [slow - 1, slow - 1, slow - 1],
  start: (into, fast, slow, signal) => {
    const quick = settledExponentialMean(fast);
    const calm = settledExponentialMean(slow);
    const trigger = new ExponentialMean(signal, 0);
    return (value) => {
      const distance = quick.next(value) - calm.next(value);
      const line = trigger.next(distance);
      into[0] = distance;
      into[1] = line;
      into[2] = distance - line;
    };
  },
  batch: ([series], [line, trigger, histogram], fast = 1, slow = 1, signal = 1) => {
    if (!series || !line || !trigger || !histogram) return;
    const quick = settledExponentialMean(fast);
    const calm = settledExponentialMean(slow);
    const mean = new ExponentialMean(signal, 0);
    for (let bar = 0; bar < series.length; bar += 1) {
      const value = series[bar] ?? NaN;
      const distance = quick.next(value) - calm.next(value);
      const smooth = mean.next(distance);
      line[bar] = distance;
      trigger[bar] = smooth;
      histogram[bar] = distance - smooth;
    }
  },
});
