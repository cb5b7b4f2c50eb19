import { defineIndicator, period } from '../define-indicator.ts';
import { wilderMean } from '../rolling/exponential-mean.ts';
import { ratio } from '../rolling/ratio.ts';
import { RollingVariance } from '../rolling/rolling-variance.ts';
import { TrueRange } from '../rolling/true-range.ts';

const trueRangeFormula =
  'The true range is max(high, close[1]) - min(low, close[1]), on a first bar high - low.';

/** Average true range. */
export const atr = defineIndicator({
  name: 'atr',
  title: 'Average true range',
  description:
    "Wilder's mean of the true range, in rupees, seeded with the simple mean of the first `period` " +
    `ranges. ${trueRangeFormula} J. W. Wilder, New Concepts in Technical Trading Systems, 1978.`,
  inputs: ['high', 'low', 'close'],
  parameters: [period(14)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const range = new TrueRange();
    const mean = wilderMean(period);
    return (high, low, close) => mean.next(range.next(high, low, close));
  },
  batch: ([high, low, close], [result], period = 1) => {
    if (!high || !low || !close || !result) return;
    const range = new TrueRange();
    const mean = wilderMean(period);
    for (let bar = 0; bar < close.length; bar += 1) {
      const [top, bottom, last] = [high[bar] ?? NaN, low[bar] ?? NaN, close[bar] ?? NaN];
      const isGap = Number.isNaN(top + bottom + last);
      result[bar] = mean.next(isGap ? range.next(NaN, NaN, NaN) : range.next(top, bottom, last));
    }
  },
});

/** True range. */
export const tr = defineIndicator({
  name: 'tr',
  title: 'True range',
  description: `How far the price moved since the close before, in rupees. ${trueRangeFormula}`,
  inputs: ['high', 'low', 'close'],
  warmUp: () => 0,
  start: () => {
    const range = new TrueRange();
    return (high, low, close) => range.next(high, low, close);
  },
});

/** Normalised average true range. */
export const natr = defineIndicator({
  name: 'natr',
  title: 'Normalised average true range',
  description: 'The atr in percent of the close: 100 * atr / close. Seeded as `atr` is.',
  inputs: ['high', 'low', 'close'],
  parameters: [period(14)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const range = new TrueRange();
    const mean = wilderMean(period);
    return (high, low, close) => 100 * ratio(mean.next(range.next(high, low, close)), close);
  },
});

/** Annualised historical volatility. */
export const volatility = defineIndicator({
  name: 'volatility',
  title: 'Annualised volatility',
  description:
    'Population standard deviation of the last `period` changes x / x[1] - 1, times the square root ' +
    'of `bars_per_year`, as a fraction (0.2 is 20 % a year). Nothing is seeded.',
  inputs: ['series'],
  parameters: [
    period(20),
    { name: 'bars_per_year', default: 252, minimum: 1, maximum: 1_000_000, whole: true },
  ],
  warmUp: (period) => period,
  start: (period, barsPerYear) => {
    const window = new RollingVariance(period);
    let before = NaN;
    return (value) => {
      const change = ratio(value, before) - 1;
      before = value;
      return Math.sqrt(window.next(change) * barsPerYear);
    };
  },
});
