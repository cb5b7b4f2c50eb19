import {
  changesOf,
  largestOf,
  overWindows,
  smallestOf,
  smoothed,
  sumOf,
  trueRanges,
  zip,
  type NaiveBars,
  type NaiveIndicator,
} from './bars.ts';

/** Wilder's sums: period times the mean that is seeded with the first `period - 1` values. */
function wilderSums(values: readonly number[], period: number): number[] {
  let sum = NaN;
  return values.map((value, bar) => {
    if (bar < period - 1) return NaN;
    sum = bar === period - 1 ? sumOf(values.slice(1, period)) : sum * (1 - 1 / period) + value;
    return sum;
  });
}

function movements({ high, low }: NaiveBars, period: number): readonly [number[], number[]] {
  const ups = changesOf(high);
  const downs = changesOf(low).map((change) => -change);
  const plus = zip(ups, downs, (up, down) => (up > down && up > 0 ? up : 0));
  const minus = zip(downs, ups, (down, up) => (down > up && down > 0 ? down : 0));
  return [wilderSums(plus, period), wilderSums(minus, period)];
}

function indices(bars: NaiveBars, period: number): number[] {
  const [plus, minus] = movements(bars, period);
  return zip(plus, minus, (up, down) =>
    up + down === 0 ? 0 : 100 * (Math.abs(up - down) / (up + down)),
  );
}

function indicators(bars: NaiveBars, period: number): readonly [number[], number[]] {
  const [plus, minus] = movements(bars, period);
  const ranges = wilderSums(trueRanges(bars), period);
  const share = (movement: number, range: number): number =>
    range === 0 ? NaN : (100 * movement) / range;
  return [zip(plus, ranges, share), zip(minus, ranges, share)];
}

/** How many bars ago the last of the largest was. */
function ageOfLargest(window: readonly number[]): number {
  return window.length - 1 - window.lastIndexOf(largestOf(window));
}

function aroons({ high, low }: NaiveBars, period: number): readonly [number[], number[]] {
  const recency = (values: readonly number[]): number[] =>
    overWindows(values, period + 1, (window) => (100 * (period - ageOfLargest(window))) / period);
  return [recency(high), recency(low.map((price) => -price))];
}

function middles({ high, low }: NaiveBars, period: number): number[] {
  const tops = overWindows(high, period, largestOf);
  return zip(tops, overWindows(low, period, smallestOf), (top, bottom) => (top + bottom) / 2);
}

/** Trends from their formulas. */
export const naiveTrend: Readonly<Record<string, NaiveIndicator>> = {
  dm: (bars, period = 2) => movements(bars, period),
  di: (bars, period = 2) => indicators(bars, period),
  dx: (bars, period = 2) => [indices(bars, period)],
  adx: (bars, period = 2) => [
    smoothed(indices(bars, period), 1 / period, period),
    ...indicators(bars, period),
  ],
  adxr: (bars, period = 2) => {
    const mean = smoothed(indices(bars, period), 1 / period, period);
    return [mean.map((value, bar) => (value + (mean[bar - period + 1] ?? NaN)) / 2)];
  },
  aroon: (bars, period = 1) => aroons(bars, period),
  aroonosc: (bars, period = 1) => [zip(...aroons(bars, period), (up, down) => up - down)],
  vhf: ({ series }, period = 1) => [
    zip(
      overWindows(series, period, (window) => largestOf(window) - smallestOf(window)),
      overWindows(changesOf(series).map(Math.abs), period, sumOf),
      (range, way) => (way === 0 ? NaN : range / way),
    ),
  ],
  decay: ({ series }, period = 1) => {
    const decayed: number[] = [];
    series.forEach((value, bar) => {
      decayed.push(bar === 0 ? value : Math.max(value, (decayed[bar - 1] ?? NaN) - 1 / period));
    });
    return [decayed];
  },
  psar: ({ high, low }, step = 0, maximum = 0) => {
    const at = (values: readonly number[], bar: number): number => values[Math.max(bar, 0)] ?? NaN;
    let isUp = at(high, 0) + at(low, 0) <= at(high, 1) + at(low, 1);
    let extreme = at(isUp ? high : low, 0);
    let stop = at(isUp ? low : high, 0);
    let pace = step;
    return [
      high.map((top, bar) => {
        if (bar === 0) return NaN;
        const bottom = at(low, bar);
        stop += pace * (extreme - stop);
        if (isUp) {
          stop = Math.min(stop, at(low, bar - 1), at(low, bar - 2));
          if (top > extreme) [extreme, pace] = [top, Math.min(maximum, pace + step)];
          if (bottom < stop) [isUp, stop, extreme, pace] = [false, extreme, bottom, step];
        } else {
          stop = Math.max(stop, at(high, bar - 1), at(high, bar - 2));
          if (bottom < extreme) [extreme, pace] = [bottom, Math.min(maximum, pace + step)];
          if (top > stop) [isUp, stop, extreme, pace] = [true, extreme, top, step];
        }
        return stop;
      }),
    ];
  },
  supertrend: (bars, period = 1, multiplier = 1) => {
    const range = smoothed(trueRanges(bars), 1 / period, period);
    const { high, low, close } = bars;
    const lines: number[] = [];
    const directions: number[] = [];
    let [upper, lower, direction] = [NaN, NaN, -1];
    high.forEach((top, bar) => {
      const middle = (top + (low[bar] ?? NaN)) / 2;
      const width = multiplier * (range[bar] ?? NaN);
      const [before, now] = [close[bar - 1] ?? NaN, close[bar] ?? NaN];
      if (bar === period - 1) {
        [upper, lower] = [middle + width, middle - width];
      } else if (bar >= period) {
        upper = before > upper ? middle + width : Math.min(upper, middle + width);
        lower = before < lower ? middle - width : Math.max(lower, middle - width);
        if (direction < 0 ? now > upper : now < lower) direction = -direction;
      }
      lines.push(bar < period - 1 ? NaN : direction > 0 ? lower : upper);
      directions.push(bar < period - 1 ? NaN : direction);
    });
    return [lines, directions];
  },
  ichimoku: (bars, conversion = 1, base = 1, span = 1, displacement = 0) => {
    const [quick, calm] = [middles(bars, conversion), middles(bars, base)];
    const slow = middles(bars, span);
    const mean = zip(quick, calm, (one, two) => (one + two) / 2);
    const displaced = (values: readonly number[]): number[] =>
      values.map((_, bar) => values[bar - displacement] ?? NaN);
    return [quick, calm, displaced(mean), displaced(slow), [...bars.close]];
  },
};
