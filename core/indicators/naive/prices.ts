import { largestOf, middlePrices, smallestOf, type NaiveIndicator } from './bars.ts';

/** Bars made of bars, from their formulas. */
export const naivePrices: Readonly<Record<string, NaiveIndicator>> = {
  heikin_ashi: ({ open, high, low, close }) => {
    const [closes, opens]: [number[], number[]] = [[], []];
    const [lows, ends] = [low, close];
    open.forEach((start, bar) => {
      const end = ends[bar] ?? NaN;
      closes.push((start + (high[bar] ?? NaN) + (lows[bar] ?? NaN) + end) / 4);
      const before = (opens[bar - 1] ?? NaN) + (closes[bar - 1] ?? NaN);
      opens.push(bar === 0 ? (start + end) / 2 : before / 2);
    });
    const reach = (values: readonly number[], pick: (...values: number[]) => number): number[] =>
      values.map((value, bar) => pick(value, opens[bar] ?? NaN, closes[bar] ?? NaN));
    return [closes, opens, reach(high, Math.max), reach(low, Math.min)];
  },
  pivot_points: (bars) => {
    const { high, low, close, day } = bars;
    const known = new Map<number, readonly number[]>();
    const levels = day.map((today) => {
      let found = known.get(today);
      if (!found) {
        const first = day.indexOf(today);
        const yesterday = day[first - 1];
        const from = yesterday === undefined ? first : day.indexOf(yesterday);
        const top = first === 0 ? NaN : largestOf(high.slice(from, first));
        const bottom = first === 0 ? NaN : smallestOf(low.slice(from, first));
        const pivot = (top + bottom + (close[first - 1] ?? NaN)) / 3;
        found = [
          ...[pivot, 2 * pivot - bottom, 2 * pivot - top],
          ...[pivot + top - bottom, pivot - top + bottom],
          ...[top + 2 * (pivot - bottom), bottom - 2 * (top - pivot)],
        ];
        known.set(today, found);
      }
      return found;
    });
    return [0, 1, 2, 3, 4, 5, 6].map((output) => levels.map((level) => level[output] ?? NaN));
  },
  opening_range: ({ high, low, day }, bars = 6) => {
    const first = new Map<number, number>();
    day.forEach((today, bar) => first.set(today, first.get(today) ?? bar));
    const rangeOf = (prices: readonly number[], extreme: (part: readonly number[]) => number) =>
      day.map((today, bar) => {
        const from = first.get(today) ?? bar;
        return extreme(prices.slice(from, Math.min(bar + 1, from + bars)));
      });
    return [rangeOf(high, largestOf), rangeOf(low, smallestOf)];
  },
  medprice: (bars) => [middlePrices(bars)],
  lag: ({ series }, period = 1) => [series.map((_, bar) => series[bar - period] ?? NaN)],
};
