import { defineIndicator, defineIndicatorOfMany, factor, period } from '../define-indicator.ts';
import { wilderMean } from '../rolling/exponential-mean.ts';
import { TrueRange } from '../rolling/true-range.ts';

/** Parabolic stop and reverse. */
export const psar = defineIndicator({
  name: 'psar',
  title: 'Parabolic stop and reverse',
  description:
    'Stop price in rupees that closes in on the trend: s = s[1] + a * (extreme - s[1]), held beyond ' +
    'the two bars before; a grows by `step` with each new extreme up to `maximum`. Where the bar ' +
    'goes through it the trend turns and the stop starts from the extreme. The first trend is up ' +
    'unless the middle of the second bar is below that of the first; the stop is seeded with the ' +
    'low (up) or high (down) of the first bar. J. W. Wilder, New Concepts in Technical Trading ' +
    'Systems, 1978.',
  inputs: ['high', 'low'],
  parameters: [factor('step', 0.02, 0.0001, 1), factor('maximum', 0.2, 0.0001, 10)],
  refuses: (step = 0, maximum = 0) =>
    step <= maximum ? null : `step (${step}) must be at most maximum (${maximum})`,
  warmUp: () => 1,
  start: (step, maximum) => {
    let [isUp, seen] = [true, 0];
    let [stop, extreme, pace] = [NaN, NaN, NaN];
    let [high1, low1, high2, low2] = [NaN, NaN, NaN, NaN];
    return (high, low) => {
      if (Number.isNaN(high)) {
        seen = 0;
        return NaN;
      }
      seen = Math.min(seen + 1, 3);
      if (seen === 1) {
        high1 = high;
        low1 = low;
        return NaN;
      }
      if (seen === 2) {
        isUp = high1 + low1 <= high + low;
        extreme = isUp ? high1 : low1;
        stop = isUp ? low1 : high1;
        pace = step;
        high2 = high1;
        low2 = low1;
      }
      stop += (extreme - stop) * pace;
      stop = isUp ? Math.min(stop, low1, low2) : Math.max(stop, high1, high2);
      if (isUp ? high > extreme : low < extreme) {
        extreme = isUp ? high : low;
        pace = Math.min(pace + step, maximum);
      }
      if (isUp ? low < stop : high > stop) {
        stop = extreme;
        isUp = !isUp;
        extreme = isUp ? high : low;
        pace = step;
      }
      high2 = high1;
      low2 = low1;
      high1 = high;
      low1 = low;
      return stop;
    };
  },
});

/** Supertrend. */
export const supertrend = defineIndicatorOfMany({
  name: 'supertrend',
  title: 'Supertrend',
  description:
    'Trailing line in rupees and direction (1 rising, the line below the price; -1 falling). Bands ' +
    'are (high + low) / 2 +- multiplier * atr(period); the lower never falls while the close before ' +
    'stays above it, nor does the upper rise while it stays below. A close beyond the line turns ' +
    'it. It begins falling, with its first atr, as on common charting programs. O. Seban.',
  inputs: ['high', 'low', 'close'],
  parameters: [period(10), factor('multiplier', 3, 0.01, 100)],
  outputs: ['line', 'direction'],
  warmUp: (period) => [period - 1, period - 1],
  start: (into, period, multiplier) => {
    const range = new TrueRange();
    const mean = wilderMean(period);
    let [upper, lower, before, isUp] = [NaN, NaN, NaN, false];
    return (high, low, close) => {
      const width = multiplier * mean.next(range.next(high, low, close));
      const middle = (high + low) / 2;
      if (Number.isNaN(width) || Number.isNaN(upper)) {
        upper = middle + width;
        lower = middle - width;
        isUp = false;
      } else {
        if (middle + width < upper || before > upper) upper = middle + width;
        if (middle - width > lower || before < lower) lower = middle - width;
        isUp = isUp ? close >= lower : close > upper;
      }
      before = close;
      into[0] = isUp ? lower : upper;
      into[1] = Number.isNaN(upper) ? NaN : isUp ? 1 : -1;
    };
  },
});
