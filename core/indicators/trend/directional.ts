import { defineIndicator, defineIndicatorOfMany, period } from '../define-indicator.ts';
import { Delay } from '../rolling/delay.ts';
import { DirectionalIndicators, DirectionalMovement } from '../rolling/directional-movement.ts';
import { wilderMean } from '../rolling/exponential-mean.ts';

const source = 'J. W. Wilder, New Concepts in Technical Trading Systems, 1978.';
const movement =
  'The movement of a bar is high - high[1] or low[1] - low, whichever is larger and above 0; ' +
  'sums are s = s[1] - s[1] / period + movement, seeded with the first `period - 1` movements.';

/** Directional movement. */
export const dm = defineIndicatorOfMany({
  name: 'dm',
  title: 'Directional movement',
  description: `Wilder's sums of movements up and down, in rupees. ${movement} ${source}`,
  inputs: ['high', 'low'],
  parameters: [period(14, 'period', 2)],
  outputs: ['plus_dm', 'minus_dm'],
  warmUp: (period) => [period - 1, period - 1],
  start: (into, period) => {
    const moves = new DirectionalMovement(period);
    return (high, low) => {
      moves.next(high, low);
      into[0] = moves.plus;
      into[1] = moves.minus;
    };
  },
});

/** Directional indicators. */
export const di = defineIndicatorOfMany({
  name: 'di',
  title: 'Directional indicators',
  description:
    'Movement up and down in percent of the true range, 0 to 100 each: 100 * sum of movements / sum ' +
    `of ranges. No value where the range is 0. ${movement} ${source}`,
  inputs: ['high', 'low', 'close'],
  parameters: [period(14, 'period', 2)],
  outputs: ['plus_di', 'minus_di'],
  warmUp: (period) => [period - 1, period - 1],
  start: (into, period) => {
    const indicators = new DirectionalIndicators(period);
    return (high, low, close) => {
      indicators.next(high, low, close);
      into[0] = indicators.plus;
      into[1] = indicators.minus;
    };
  },
});

/** Directional movement index. */
export const dx = defineIndicator({
  name: 'dx',
  title: 'Directional movement index',
  description:
    'How one-sided the movement is, 0 to 100: 100 * |plus - minus| / (plus + minus); 0 where ' +
    `nothing moves. ${movement} ${source}`,
  inputs: ['high', 'low'],
  parameters: [period(14, 'period', 2)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const moves = new DirectionalMovement(period);
    return (high, low) => {
      moves.next(high, low);
      return moves.index();
    };
  },
});

/** Average directional movement index. */
export const adx = defineIndicatorOfMany({
  name: 'adx',
  title: 'Average directional movement index',
  description:
    'Strength of a trend either way, 0 to 100, and the directional indicators plus_di and minus_di: ' +
    "adx is Wilder's mean of 100 * |plus - minus| / (plus + minus), seeded with the simple mean of " +
    `the first \`period\` of them. ${movement} ${source}`,
  inputs: ['high', 'low', 'close'],
  parameters: [period(14, 'period', 2)],
  outputs: ['adx', 'plus_di', 'minus_di'],
  warmUp: (period) => [2 * period - 2, period - 1, period - 1],
  start: (into, period) => {
    const indicators = new DirectionalIndicators(period);
    const mean = wilderMean(period);
    return (high, low, close) => {
      indicators.next(high, low, close);
      into[0] = mean.next(indicators.movement.index());
      into[1] = indicators.plus;
      into[2] = indicators.minus;
    };
  },
});

/** Average directional movement rating. */
export const adxr = defineIndicator({
  name: 'adxr',
  title: 'Average directional movement rating',
  description:
    'The adx and that of `period - 1` bars before, averaged, 0 to 100: (adx + adx[period - 1]) / 2. ' +
    `Seeded as \`adx\` is. ${source}`,
  inputs: ['high', 'low'],
  parameters: [period(14, 'period', 2)],
  warmUp: (period) => 3 * (period - 1),
  start: (period) => {
    const moves = new DirectionalMovement(period);
    const mean = wilderMean(period);
    const delay = new Delay(period - 1);
    return (high, low) => {
      moves.next(high, low);
      const now = mean.next(moves.index());
      return (now + delay.next(now)) / 2;
    };
  },
});
