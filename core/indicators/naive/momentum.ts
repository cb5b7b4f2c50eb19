import {
  changesOf,
  largestOf,
  meanOf,
  middlePrices,
  overWindows,
  settledExponential,
  smallestOf,
  smoothed,
  sumOf,
  typicalPrices,
  zip,
  type NaiveBars,
  type NaiveIndicator,
} from './bars.ts';

function strengths(series: readonly number[], period: number): number[] {
  const changes = changesOf(series);
  const rises = changes.map((change) => (change < 0 ? 0 : change));
  const falls = changes.map((change) => (change > 0 ? 0 : -change));
  const mean = (values: number[]): number[] => smoothed(values, 1 / period, period);
  return zip(mean(rises), mean(falls), (rise, fall) => 100 - 100 / (1 + rise / fall));
}

/** Means of each run of values between missing ones. */
function restartedMeans(values: readonly number[], period: number): number[] {
  return values.map((_, bar) =>
    bar < period - 1 ? NaN : meanOf(values.slice(bar - period + 1, bar + 1)),
  );
}

/** Where `values` stand between the lowest and the highest, in percent. */
function stochastic(
  [high, low, values]: readonly (readonly number[])[],
  period: number,
  slowing: number,
  signal: number,
): readonly number[][] {
  if (!high || !low || !values) return [];
  const raw = values.map((value, bar) => {
    if (bar < period - 1) return NaN;
    const top = Math.max(...high.slice(bar - period + 1, bar + 1));
    const bottom = Math.min(...low.slice(bar - period + 1, bar + 1));
    return top - bottom < 1e-9 ? NaN : (100 * (value - bottom)) / (top - bottom);
  });
  const k = restartedMeans(raw, slowing);
  return [k, restartedMeans(k, signal)];
}

function distances(
  series: readonly number[],
  fast: number,
  slow: number,
  signal: number,
  distance: (quick: number, calm: number) => number,
): readonly number[][] {
  const line = zip(settledExponential(series, fast), settledExponential(series, slow), distance);
  const trigger = smoothed(line, 2 / (signal + 1), 1);
  return [line, trigger, zip(line, trigger, (value, mean) => value - mean)];
}

function pressures({ high, low, close }: NaiveBars, period: number): number[] {
  const part = (bar: number): readonly [number, number] => {
    const before = close[bar - 1] ?? NaN;
    const bottom = Math.min(low[bar] ?? NaN, before);
    return [(close[bar] ?? NaN) - bottom, Math.max(high[bar] ?? NaN, before) - bottom];
  };
  const parts = close.map((_, bar) => part(bar));
  return parts.map((_, bar) => {
    if (bar < period) return NaN;
    const window = parts.slice(bar - period + 1, bar + 1);
    const range = sumOf(window.map(([, of]) => of));
    return range === 0 ? NaN : sumOf(window.map(([of]) => of)) / range;
  });
}

/** Momentum from its formulas. */
export const naiveMomentum: Readonly<Record<string, NaiveIndicator>> = {
  rsi: ({ series }, period = 1) => [strengths(series, period)],
  stoch: ({ high, low, close }, k = 1, slowing = 1, d = 1) =>
    stochastic([high, low, close], k, slowing, d),
  stochrsi: ({ series }, period = 1, k = 1, slowing = 1, d = 1) => {
    const values = strengths(series, period);
    return stochastic([values, values, values], k, slowing, d);
  },
  macd: ({ series }, fast = 1, slow = 1, signal = 1) =>
    distances(series, fast, slow, signal, (quick, calm) => quick - calm),
  ppo: ({ series }, fast = 1, slow = 1, signal = 1) =>
    distances(series, fast, slow, signal, (quick, calm) => (100 * (quick - calm)) / calm),
  roc: ({ series }, period = 1) => [
    series.map((value, bar) => 100 * (value / (series[bar - period] ?? NaN) - 1)),
  ],
  mom: ({ series }, period = 1) => [
    series.map((value, bar) => value - (series[bar - period] ?? NaN)),
  ],
  williams_r: ({ high, low, close }, period = 1) => [
    (stochastic([high, low, close], period, 1, 1)[0] ?? []).map((value) => value - 100),
  ],
  trix: ({ series }, period = 1) => {
    let values: readonly number[] = series;
    for (let layer = 0; layer < 3; layer += 1) values = settledExponential(values, period);
    return [values.map((value, bar) => (100 * (value - (values[bar - 1] ?? NaN))) / value)];
  },
  ultimate: (bars, short = 1, medium = 1, long = 1) => {
    const [quick, middle, slow] = [short, medium, long].map((period) => pressures(bars, period));
    return [
      (quick ?? []).map(
        (value, bar) => (100 * (4 * value + 2 * (middle?.[bar] ?? NaN) + (slow?.[bar] ?? NaN))) / 7,
      ),
    ];
  },
  awesome: (bars, fast = 1, slow = 1) => {
    const middles = middlePrices(bars);
    const mean = (period: number): number[] => overWindows(middles, period, meanOf);
    return [zip(mean(fast), mean(slow), (quick, calm) => quick - calm)];
  },
  cci: (bars, period = 1) => [
    overWindows(typicalPrices(bars), period, (window) => {
      if (window.every((value) => value === window[0])) return NaN;
      const mean = meanOf(window);
      const distance = meanOf(window.map((value) => Math.abs(value - mean)));
      return ((window.at(-1) ?? NaN) - mean) / (0.015 * distance);
    }),
  ],
  cmo: ({ series }, period = 1) => [
    overWindows(changesOf(series), period, (window) => {
      const all = sumOf(window.map(Math.abs));
      return all === 0 ? NaN : (100 * sumOf(window)) / all;
    }),
  ],
  fisher: (bars, period = 1) => {
    const middles = middlePrices(bars);
    let [place, now] = [0, 0];
    const line = overWindows(middles, period, (window) => {
      const [top, bottom] = [largestOf(window), smallestOf(window)];
      const share = top === bottom ? 0 : ((window.at(-1) ?? NaN) - bottom) / (top - bottom);
      place = 0.33 * 2 * (share - 0.5) + 0.67 * place;
      if (Math.abs(place) > 0.99) place = 0.999 * Math.sign(place);
      now = Math.atanh(place) + now / 2;
      return now;
    });
    return [line, line.map((_, bar) => (bar === period - 1 ? 0 : (line[bar - 1] ?? NaN)))];
  },
  bop: ({ open, high, low, close }) => {
    const ranges = zip(high, low, (top, bottom) => top - bottom);
    const bodies = zip(close, open, (to, from) => to - from);
    return [zip(bodies, ranges, (body, range) => (range === 0 ? NaN : body / range))];
  },
};
