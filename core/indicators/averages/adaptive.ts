import { defineIndicator, period } from '../define-indicator.ts';
import { Delay } from '../rolling/delay.ts';
import { RollingSum } from '../rolling/rolling-sum.ts';

/** Kaufman's adaptive moving average. */
export const kama = defineIndicator({
  name: 'kama',
  title: "Kaufman's adaptive moving average",
  description:
    'Average that follows quickly where the series moves one way and hardly where it wavers, in ' +
    'its unit: k = k[1] + c * (x - k[1]), c = (e * (2 / (fast + 1) - 2 / (slow + 1)) + 2 / (slow + ' +
    '1))^2, e = |x - x[period]| / sum of the last `period` |changes| (1 where nothing changes). ' +
    'Seeded with the `period`-th value. P. Kaufman, Smarter Trading, 1995.',
  inputs: ['series'],
  parameters: [period(10), period(2, 'fast'), period(30, 'slow')],
  refuses: (_period, fast = 1, slow = 1) =>
    fast < slow ? null : `fast (${fast}) must be shorter than slow (${slow})`,
  warmUp: (period) => period - 1,
  start: (period, fast, slow) => {
    const quickest = 2 / (fast + 1);
    const slowest = 2 / (slow + 1);
    const delay = new Delay(period);
    const ways = new RollingSum(period);
    let seen = 0;
    let before = NaN;
    let average = NaN;
    return (value) => {
      const way = ways.next(Math.abs(value - before));
      const distance = Math.abs(value - delay.next(value));
      before = value;
      if (Number.isNaN(value)) {
        seen = 0;
        return NaN;
      }
      if (seen < period) {
        seen += 1;
        average = value;
        return seen === period ? value : NaN;
      }
      const efficiency = way === 0 ? 1 : distance / way;
      const step = efficiency * (quickest - slowest) + slowest;
      average += step * step * (value - average);
      return average;
    };
  },
});
