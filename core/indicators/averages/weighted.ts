import { defineIndicator, period } from '../define-indicator.ts';
import { ratio } from '../rolling/ratio.ts';
import { RollingSum } from '../rolling/rolling-sum.ts';
import { RollingWeightedMean, weightEnds } from '../rolling/rolling-weighted-sum.ts';

/** Linearly weighted moving average. */
export const wma = defineIndicator({
  name: 'wma',
  title: 'Weighted moving average',
  description:
    'Mean of the last `period` values in which the latest weighs `period` and the oldest 1, in the ' +
    'unit of the series: sum(weight * x) / (period * (period + 1) / 2). Nothing is seeded.',
  inputs: ['series'],
  parameters: [period(20)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const mean = new RollingWeightedMean(period);
    return (value) => mean.next(value);
  },
  batch: ([series], [result], period = 1) => {
    if (series && result) weightedMeans(series, period, result);
  },
});

function weightedMeans(series: Float64Array, period: number, result: Float64Array): void {
  const ends = new Float64Array(period + 1);
  const weightedEnds = new Float64Array(period + 1);
  const weight = (period * (period + 1)) / 2;
  const { length } = series;
  let isFull = false;
  let block = 0;
  while (block < length) {
    const stop = Math.min(block + period, length);
    let sum = 0;
    let weighted = 0;
    let bar = block;
    for (; bar < stop; bar += 1) {
      const value = series[bar] ?? NaN;
      if (Number.isNaN(value)) break;
      const place = bar - block;
      sum += value;
      weighted += place * value;
      const begun = (period - place) * sum + weighted;
      result[bar] = isFull ? ((weightedEnds[place + 1] ?? NaN) + begun) / weight : NaN;
    }
    if (bar < stop) {
      result[bar] = NaN;
      isFull = false;
      block = bar + 1;
    } else {
      if (bar === block + period) {
        result[bar - 1] = (sum + weighted) / weight;
        weightEnds(series, block, ends, weightedEnds);
        isFull = true;
      }
      block = bar;
    }
  }
}

/** Hull moving average. */
export const hma = defineIndicator({
  name: 'hma',
  title: 'Hull moving average',
  description:
    'Quick and smooth average in the unit of the series: wma(2 * wma(x, period / 2) - wma(x, ' +
    'period), sqrt(period)), both lengths rounded down. Nothing is seeded. A. Hull, 2005.',
  inputs: ['series'],
  parameters: [period(16, 'period', 2)],
  warmUp: (period) => period + Math.floor(Math.sqrt(period)) - 2,
  start: (period) => {
    const half = new RollingWeightedMean(Math.floor(period / 2));
    const whole = new RollingWeightedMean(period);
    const smooth = new RollingWeightedMean(Math.floor(Math.sqrt(period)));
    return (value) => smooth.next(2 * half.next(value) - whole.next(value));
  },
});

/** Volume weighted moving average. */
export const vwma = defineIndicator({
  name: 'vwma',
  title: 'Volume weighted moving average',
  description:
    'Mean of the last `period` values, each weighted by the volume of its bar, in the unit of the ' +
    'series: sum(x * volume) / sum(volume). No value where nothing was traded in the window. ' +
    'Nothing is seeded.',
  inputs: ['series', 'volume'],
  parameters: [period(20)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const values = new RollingSum(period);
    const volumes = new RollingSum(period);
    return (value, volume) => ratio(values.next(value * volume), volumes.next(volume));
  },
});
