import {
  changesOf,
  middlePrices,
  overWindows,
  sumOf,
  typicalPrices,
  zip,
  type NaiveBars,
  type NaiveIndicator,
} from './bars.ts';

/** The sum of all values up to each. */
function totals(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

function flows(bars: NaiveBars): number[] {
  const { high, low, close, volume } = bars;
  return high.map((top, bar) => {
    const [bottom, last] = [low[bar] ?? NaN, close[bar] ?? NaN];
    if (top === bottom) return 0;
    return ((2 * last - top - bottom) / (top - bottom)) * (volume[bar] ?? NaN);
  });
}

function volumeIndex(
  { close, volume }: NaiveBars,
  counts: (change: number) => boolean,
): readonly number[][] {
  const [closes, changes] = [close, changesOf(volume)];
  let index = 1000;
  return [
    closes.map((price, bar) => {
      if (counts(changes[bar] ?? NaN)) index *= price / (closes[bar - 1] ?? NaN);
      return index;
    }),
  ];
}

/** Volume from its formulas. */
export const naiveVolume: Readonly<Record<string, NaiveIndicator>> = {
  obv: ({ close, volume }) => [
    totals(zip(changesOf(close), volume, (change, units) => (Math.sign(change) || 0) * units)),
  ],
  ad: (bars) => [totals(flows(bars))],
  cmf: (bars, period = 1) => [
    zip(
      overWindows(flows(bars), period, sumOf),
      overWindows(bars.volume, period, sumOf),
      (flow, units) => (units === 0 ? NaN : flow / units),
    ),
  ],
  mfi: (bars, period = 1) => {
    const typical = typicalPrices(bars);
    const money = zip(typical, bars.volume, (price, units) => price * units);
    const signs = changesOf(typical).map(Math.sign);
    const sums = (sign: number): number[] =>
      overWindows(
        zip(money, signs, (of, way) => (way === sign ? of : way * 0)),
        period,
        sumOf,
      );
    return [
      zip(sums(1), sums(-1), (up, down) =>
        up + down === 0 ? NaN : 100 - (100 * down) / (up + down),
      ),
    ];
  },
  wad: ({ high, low, close }) => {
    const flow = close.slice(1).map((now, bar) => {
      const before = close[bar] ?? NaN;
      if (now > before) return now - Math.min(low[bar + 1] ?? NaN, before);
      return now < before ? now - Math.max(high[bar + 1] ?? NaN, before) : 0;
    });
    return [[NaN, ...totals(flow)]];
  },
  vwap: (bars) => {
    const typical = typicalPrices(bars);
    const { volume, day } = bars;
    return [
      typical.map((_, bar) => {
        let [money, units] = [0, 0];
        for (let at = bar; at >= 0 && day[at] === day[bar]; at -= 1) {
          money += (typical[at] ?? NaN) * (volume[at] ?? NaN);
          units += volume[at] ?? NaN;
        }
        return units === 0 ? NaN : money / units;
      }),
    ];
  },
  emv: (bars) => {
    const ranges = zip(bars.high, bars.low, (top, bottom) => top - bottom);
    const moved = zip(changesOf(middlePrices(bars)), ranges, (change, range) => change * range);
    return [zip(moved, bars.volume, (of, units) => (units === 0 ? NaN : (1e4 * of) / units))];
  },
  marketfi: ({ high, low, volume }) => {
    const ranges = zip(high, low, (top, bottom) => top - bottom);
    return [zip(ranges, volume, (range, units) => (units === 0 ? NaN : range / units))];
  },
  pvi: (bars) => volumeIndex(bars, (change) => change > 0),
  nvi: (bars) => volumeIndex(bars, (change) => change < 0),
};
