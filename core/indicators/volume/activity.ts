import { defineIndicator } from '../define-indicator.ts';
import { ratio } from '../rolling/ratio.ts';

/** Volume weighted average price of the session. */
export const vwap = defineIndicator({
  name: 'vwap',
  title: 'Volume weighted average price',
  description:
    'Mean price of the session so far in rupees: sum(t * volume) / sum(volume) over the bars of the ' +
    'exchange day up to this one, t = (high + low + close) / 3. It begins anew each day; no value ' +
    'until something was traded. A bar with a gap has none and is left out of the sums.',
  inputs: ['high', 'low', 'close', 'volume', 'day'],
  warmUp: () => 0,
  start: () => {
    let today = NaN;
    let money = 0;
    let units = 0;
    return (high, low, close, volume, day) => {
      if (Number.isNaN(day)) return NaN;
      if (day !== today) {
        today = day;
        money = 0;
        units = 0;
      }
      money += ((high + low + close) / 3) * volume;
      units += volume;
      return ratio(money, units);
    };
  },
});

/** Ease of movement. */
export const emv = defineIndicator({
  name: 'emv',
  title: 'Ease of movement',
  description:
    'How far the middle price m = (high + low) / 2 moved for what was traded, in rupees squared a ' +
    '10,000 units: (m - m[1]) * (high - low) / (volume / 10000). No value where nothing was traded. ' +
    'R. Arms.',
  inputs: ['high', 'low', 'volume'],
  warmUp: () => 1,
  start: () => {
    let before = NaN;
    return (high, low, volume) => {
      const middle = (high + low) / 2;
      const moved = middle - before;
      before = middle;
      return ratio(moved * (high - low), volume / 10_000);
    };
  },
});

/** Market facilitation index. */
export const marketfi = defineIndicator({
  name: 'marketfi',
  title: 'Market facilitation index',
  description:
    'Rupees that the bar spans for each unit traded: (high - low) / volume. No value where nothing ' +
    'was traded. B. Williams.',
  inputs: ['high', 'low', 'volume'],
  warmUp: () => 0,
  start: () => (high, low, volume) => ratio(high - low, volume),
});

/** An index that follows the closes of the bars whose volume moved one way. */
function defineVolumeIndex(
  name: string,
  title: string,
  way: 'above' | 'below',
  counts: (volume: number, before: number) => boolean,
): ReturnType<typeof defineIndicator> {
  return defineIndicator({
    name,
    title,
    description:
      `Follows the close on bars whose volume is ${way} that of the bar before: i[1] * close / ` +
      'close[1], else i[1]. Without unit, seeded with 1000. P. Dysart and N. Fosback.',
    inputs: ['close', 'volume'],
    warmUp: () => 0,
    start: () => {
      let index = 1000;
      let [closeBefore, volumeBefore] = [NaN, NaN];
      return (close, volume) => {
        if (Number.isNaN(close)) index = 1000;
        else if (counts(volume, volumeBefore)) index *= close / closeBefore;
        closeBefore = close;
        volumeBefore = volume;
        return Number.isNaN(close) ? NaN : index;
      };
    },
  });
}

/** Positive volume index. */
export const pvi = defineVolumeIndex(
  'pvi',
  'Positive volume index',
  'above',
  (volume, before) => volume > before,
);

/** Negative volume index. */
export const nvi = defineVolumeIndex(
  'nvi',
  'Negative volume index',
  'below',
  (volume, before) => volume < before,
);
