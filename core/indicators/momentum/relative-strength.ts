import { defineIndicator, period } from '../define-indicator.ts';
import { wilderMean } from '../rolling/exponential-mean.ts';

/** Relative strength index. */
export const rsi = defineIndicator({
  name: 'rsi',
  title: 'Relative strength index',
  description:
    'Share of rises in all changes, 0 to 100: 100 * rise / (rise + fall), where rise and fall are ' +
    "Wilder's means of the rises and of the falls, seeded with the simple mean of the first " +
    '`period` changes. Has no value while nothing changes. J. W. Wilder, New Concepts in ' +
    'Technical Trading Systems, 1978.',
  inputs: ['series'],
  parameters: [period(14)],
  warmUp: (period) => period,
  start: startRelativeStrength,
});

/** The index of one series, fed value by value. */
export function startRelativeStrength(period: number): (value: number) => number {
  const rise = wilderMean(period);
  const fall = wilderMean(period);
  let before = NaN;
  return (value) => {
    const change = value - before;
    before = value;
    const up = rise.next(Math.max(change, 0));
    const down = fall.next(Math.max(-change, 0));
    // Without a change this is 0 / 0: neither strength nor weakness.
    return (100 * up) / (up + down);
  };
}
