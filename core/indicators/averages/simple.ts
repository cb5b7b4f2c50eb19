import { defineIndicator, period } from '../define-indicator.ts';
import { RollingMean, sumEnds } from '../rolling/rolling-sum.ts';

/** Simple moving average. */
export const sma = defineIndicator({
  name: 'sma',
  title: 'Simple moving average',
  description:
    'Arithmetic mean of the last `period` values, in the unit of the series: ' +
    '(x[0] + ... + x[period - 1]) / period. Nothing is seeded.',
  inputs: ['series'],
  parameters: [period(20)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const mean = new RollingMean(period);
    return (value) => mean.next(value);
  },
  batch: ([series], [result], period = 1) => {
    if (series && result) simpleMeans(series, period, result);
  },
});

/** Writes the means of the last `period` values of `series`, summed as {@link RollingMean} does. */
export function simpleMeans(series: Float64Array, period: number, result: Float64Array): void {
  const ends = new Float64Array(period + 1);
  const { length } = series;
  let isFull = false;
  let block = 0;
  while (block < length) {
    const stop = Math.min(block + period, length);
    let sum = 0;
    let bar = block;
    for (; bar < stop; bar += 1) {
      const value = series[bar] ?? NaN;
      if (Number.isNaN(value)) break;
      sum += value;
      result[bar] = isFull ? ((ends[bar - block + 1] ?? NaN) + sum) / period : NaN;
    }
    if (bar < stop) {
      result[bar] = NaN;
      isFull = false;
      block = bar + 1;
    } else {
      if (bar === block + period) {
        result[bar - 1] = sum / period;
        sumEnds(series, block, ends);
        isFull = true;
      }
      block = bar;
    }
  }
}
