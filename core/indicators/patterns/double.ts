import {
  type CandlePattern,
  type CandlePrices,
  bodyOf,
  bottomOf,
  candleShares,
  hasLongLower,
  hasLongBody,
  hasLongUpper,
  hasNoLower,
  hasNoUpper,
  hasShortBody,
  isBlack,
  isWhite,
  topOf,
} from './candle.ts';

const sized = { bars: 2, isSized: true } as const;
const plain = { bars: 2, isSized: false } as const;

const isWithin = (bar: CandlePrices, before: CandlePrices): boolean =>
  topOf(bar) <= topOf(before) && bottomOf(bar) >= bottomOf(before) && bodyOf(bar) < bodyOf(before);
const middleOf = (bar: CandlePrices): number => (bar.open + bar.close) / 2;

/** Patterns of a bar and the one before it. */
export const doublePatterns: readonly CandlePattern[] = [
  {
    ...{ name: 'hammer', title: 'Hammer', ...sized },
    description:
      'A short body without upper wick over a long lower wick, its bottom at most 30 % of the mean ' +
      'range above the low before.',
    holds: (bar, before, _first, sizes) =>
      hasShortBody(bar, sizes) &&
      hasNoUpper(bar, sizes) &&
      hasLongLower(bar, sizes) &&
      bottomOf(bar) <= before.low + candleShares.near * sizes.range,
  },
  {
    ...{ name: 'hanging_man', title: 'Hanging man', ...sized },
    description:
      'A short body without upper wick over a long lower wick, its bottom at most 30 % of the mean ' +
      'range below the high before.',
    holds: (bar, before, _first, sizes) =>
      hasShortBody(bar, sizes) &&
      hasNoUpper(bar, sizes) &&
      hasLongLower(bar, sizes) &&
      bottomOf(bar) >= before.high - candleShares.near * sizes.range,
  },
  {
    ...{ name: 'inverted_hammer', title: 'Inverted hammer', ...sized },
    description:
      'A short body without lower wick under a long upper wick, its top at most at the bottom of ' +
      'the body before.',
    holds: (bar, before, _first, sizes) =>
      hasShortBody(bar, sizes) &&
      hasLongUpper(bar, sizes) &&
      hasNoLower(bar, sizes) &&
      topOf(bar) <= bottomOf(before),
  },
  {
    ...{ name: 'shooting_star', title: 'Shooting star', ...sized },
    description:
      'A short body without lower wick under a long upper wick, its bottom at least at the top of ' +
      'the body before.',
    holds: (bar, before, _first, sizes) =>
      hasShortBody(bar, sizes) &&
      hasLongUpper(bar, sizes) &&
      hasNoLower(bar, sizes) &&
      bottomOf(bar) >= topOf(before),
  },
  {
    ...{ name: 'harami_bull', title: 'Bullish harami', ...sized },
    description: 'A smaller rising body within the long falling body before.',
    holds: (bar, before, _first, sizes) =>
      isBlack(before) && hasLongBody(before, sizes) && isWhite(bar) && isWithin(bar, before),
  },
  {
    ...{ name: 'harami_bear', title: 'Bearish harami', ...sized },
    description: 'A smaller falling body within the long rising body before.',
    holds: (bar, before, _first, sizes) =>
      isWhite(before) && hasLongBody(before, sizes) && isBlack(bar) && isWithin(bar, before),
  },
  {
    ...{ name: 'piercing_line', title: 'Piercing line', ...sized },
    description:
      'After a long falling body a bar that opens below its low and closes within it, above its middle.',
    holds: (bar, before, _first, sizes) =>
      isBlack(before) &&
      hasLongBody(before, sizes) &&
      bar.open < before.low &&
      bar.close > middleOf(before) &&
      bar.close < before.open,
  },
  {
    ...{ name: 'dark_cloud_cover', title: 'Dark cloud cover', ...sized },
    description:
      'After a long rising body a bar that opens above its high and closes within it, below its middle.',
    holds: (bar, before, _first, sizes) =>
      isWhite(before) &&
      hasLongBody(before, sizes) &&
      bar.open > before.high &&
      bar.close < middleOf(before) &&
      bar.close > before.open,
  },
  {
    ...{ name: 'engulfing_bull', title: 'Bullish engulfing', ...plain },
    description:
      'A rising bar whose body reaches beyond both ends of the falling body before: it opens below ' +
      'its close and closes above its open. After Tulip Indicators.',
    holds: (bar, before) =>
      isWhite(bar) && isBlack(before) && bar.close > before.open && bar.open < before.close,
  },
  {
    ...{ name: 'engulfing_bear', title: 'Bearish engulfing', ...plain },
    description:
      'A falling bar whose body reaches beyond both ends of the rising body before: it opens above ' +
      'its close and closes below its open. After Tulip Indicators.',
    holds: (bar, before) =>
      isBlack(bar) && isWhite(before) && bar.close < before.open && bar.open > before.close,
  },
  {
    ...{ name: 'star', title: 'Star', ...plain },
    description:
      'The whole bar lies at or above the high, or at or below the low, of the one before. After ' +
      'Tulip Indicators.',
    holds: (bar, before) => bar.low >= before.high || bar.high <= before.low,
  },
  {
    ...{ name: 'inside_bar', title: 'Inside bar', ...plain },
    description: 'High and low lie strictly within those of the bar before.',
    holds: (bar, before) => bar.high < before.high && bar.low > before.low,
  },
  {
    ...{ name: 'outside_bar', title: 'Outside bar', ...plain },
    description: 'High and low lie strictly beyond those of the bar before.',
    holds: (bar, before) => bar.high > before.high && bar.low < before.low,
  },
];
