import { defineCondition, period } from '../define-indicator.ts';
import type { IndicatorDefinition } from '../indicator.ts';
import { RollingMean } from '../rolling/rolling-sum.ts';

/** Prices of one bar. */
export interface CandlePrices {
  open: number;
  high: number;
  low: number;
  close: number;
}

/** Mean size of the bars before the latest, against which a body or a wick is long or short. */
export interface CandleSizes {
  /** Mean of |close - open| in rupees. */
  body: number;
  /** Mean of high - low in rupees. */
  range: number;
}

/** Shares of the mean sizes that make a part of a candle long or short; those of Tulip Indicators. */
export const candleShares = {
  bodyNone: 0.05,
  bodyShort: 0.5,
  bodyLong: 1.4,
  wickNone: 0.05,
  wickLong: 0.6,
  near: 0.3,
} as const;

/** What the descriptions of the patterns mean by their words. */
export const candleWords =
  'Means are over the `period` bars before: no body, less than 5 % of the mean range; short body, ' +
  'less than 50 % of the mean body; long body, more than 140 % of it; no wick, less than 5 % of the ' +
  'mean range; long wick, more than 60 % of the mean body. After Tulip Indicators.';

/** Of equal sizes, but for rounding, neither is the smaller. */
function isLess(size: number, limit: number): boolean {
  return size < limit - 1e-9 * limit;
}
function isMore(size: number, limit: number): boolean {
  return size > limit + 1e-9 * limit;
}

export const bodyOf = (bar: CandlePrices): number => Math.abs(bar.close - bar.open);
export const topOf = (bar: CandlePrices): number => Math.max(bar.open, bar.close);
export const bottomOf = (bar: CandlePrices): number => Math.min(bar.open, bar.close);
export const upperOf = (bar: CandlePrices): number => bar.high - topOf(bar);
export const lowerOf = (bar: CandlePrices): number => bottomOf(bar) - bar.low;
export const isWhite = (bar: CandlePrices): boolean => bar.close > bar.open;
export const isBlack = (bar: CandlePrices): boolean => bar.close < bar.open;

export const hasNoBody = (bar: CandlePrices, { range }: CandleSizes): boolean =>
  isLess(bodyOf(bar), candleShares.bodyNone * range);
export const hasShortBody = (bar: CandlePrices, { body }: CandleSizes): boolean =>
  isLess(bodyOf(bar), candleShares.bodyShort * body);
export const hasLongBody = (bar: CandlePrices, { body }: CandleSizes): boolean =>
  isMore(bodyOf(bar), candleShares.bodyLong * body);
export const hasNoUpper = (bar: CandlePrices, { range }: CandleSizes): boolean =>
  isLess(upperOf(bar), candleShares.wickNone * range);
export const hasNoLower = (bar: CandlePrices, { range }: CandleSizes): boolean =>
  isLess(lowerOf(bar), candleShares.wickNone * range);
export const hasLongUpper = (bar: CandlePrices, { body }: CandleSizes): boolean =>
  isMore(upperOf(bar), candleShares.wickLong * body);
export const hasLongLower = (bar: CandlePrices, { body }: CandleSizes): boolean =>
  isMore(lowerOf(bar), candleShares.wickLong * body);

/** A pattern in the latest bars. */
export interface CandlePattern {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** How many bars it spans. */
  readonly bars: 1 | 2 | 3;
  /** Whether it depends on the mean sizes of the bars before. */
  readonly isSized: boolean;
  /** Takes this bar, the two before it and the mean sizes. */
  readonly holds: (
    bar: CandlePrices,
    before: CandlePrices,
    first: CandlePrices,
    sizes: CandleSizes,
  ) => boolean;
}

/** The pattern as an indicator: 1 on a bar that completes it, 0 on others. */
export function definePattern(pattern: CandlePattern): IndicatorDefinition {
  const { name, title, bars, isSized, holds } = pattern;
  return defineCondition({
    name,
    title,
    description: isSized ? `${pattern.description} ${candleWords}` : pattern.description,
    inputs: ['open', 'high', 'low', 'close'],
    parameters: isSized ? [period(10)] : [],
    warmUp: (period = 0) => Math.max(period, bars - 1),
    start: (period = 0) => {
      const bodies = new RollingMean(Math.max(period, 1));
      const ranges = new RollingMean(Math.max(period, 1));
      const sizes: CandleSizes = { body: NaN, range: NaN };
      let [bar, before, first] = [noPrices(), noPrices(), noPrices()];
      let seen = 0;
      return (open, high, low, close) => {
        const [oldest, older] = [first, before];
        before = bar;
        first = older;
        bar = oldest;
        bar.open = open;
        bar.high = high;
        bar.low = low;
        bar.close = close;
        const isReady = seen >= Math.max(period, bars - 1);
        const isTrue = isReady && holds(bar, before, first, sizes);
        sizes.body = bodies.next(bodyOf(bar));
        sizes.range = ranges.next(high - low);
        if (Number.isNaN(high)) {
          seen = 0;
          return null;
        }
        seen += isReady ? 0 : 1;
        return isReady ? isTrue : null;
      };
    },
  });
}

function noPrices(): CandlePrices {
  return { open: NaN, high: NaN, low: NaN, close: NaN };
}
