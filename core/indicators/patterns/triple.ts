import {
  type CandlePattern,
  type CandlePrices,
  bottomOf,
  hasLongBody,
  hasNoBody,
  hasShortBody,
  isBlack,
  isWhite,
  topOf,
} from './candle.ts';

const sized = { bars: 3, isSized: true } as const;
const plain = { bars: 3, isSized: false } as const;

/** Whether the body lies at or above the body before. */
const isGapUp = (bar: CandlePrices, before: CandlePrices): boolean =>
  bottomOf(bar) >= topOf(before);
const isGapDown = (bar: CandlePrices, before: CandlePrices): boolean =>
  topOf(bar) <= bottomOf(before);
/** Whether the whole bar lies at or above the bar before. */
const isStarUp = (bar: CandlePrices, before: CandlePrices): boolean => bar.low >= before.high;
const isStarDown = (bar: CandlePrices, before: CandlePrices): boolean => bar.high <= before.low;
const opensInside = (bar: CandlePrices, before: CandlePrices): boolean =>
  bar.open < topOf(before) && bar.open > bottomOf(before);

/** Patterns of a bar and the two before it. */
export const triplePatterns: readonly CandlePattern[] = [
  {
    ...{ name: 'morning_star', title: 'Morning star', ...sized },
    description:
      'A long falling body, a short body at or below it, a rising body at or above that which closes ' +
      'at least at the first close.',
    holds: (bar, before, first, sizes) =>
      isBlack(first) &&
      hasLongBody(first, sizes) &&
      isGapDown(before, first) &&
      hasShortBody(before, sizes) &&
      isWhite(bar) &&
      isGapUp(bar, before) &&
      bar.close >= first.close,
  },
  {
    ...{ name: 'evening_star', title: 'Evening star', ...sized },
    description:
      'A long rising body, a short body at or above it, a falling body at or below that which closes ' +
      'at most at the first close.',
    holds: (bar, before, first, sizes) =>
      isWhite(first) &&
      hasLongBody(first, sizes) &&
      isGapUp(before, first) &&
      hasShortBody(before, sizes) &&
      isBlack(bar) &&
      isGapDown(bar, before) &&
      bar.close <= first.close,
  },
  {
    ...{ name: 'morning_doji_star', title: 'Morning doji star', ...sized },
    description: 'A morning star whose middle bar has no body.',
    holds: (bar, before, first, sizes) =>
      isBlack(first) &&
      hasLongBody(first, sizes) &&
      isGapDown(before, first) &&
      hasNoBody(before, sizes) &&
      isWhite(bar) &&
      isGapUp(bar, before) &&
      bar.close >= first.close,
  },
  {
    ...{ name: 'evening_doji_star', title: 'Evening doji star', ...sized },
    description: 'An evening star whose middle bar has no body.',
    holds: (bar, before, first, sizes) =>
      isWhite(first) &&
      hasLongBody(first, sizes) &&
      isGapUp(before, first) &&
      hasNoBody(before, sizes) &&
      isBlack(bar) &&
      isGapDown(bar, before) &&
      bar.close <= first.close,
  },
  {
    ...{ name: 'abandoned_baby_bull', title: 'Bullish abandoned baby', ...sized },
    description:
      'A long falling body, a bar without body wholly below it, a rising bar wholly above that which ' +
      'closes at least at the first close.',
    holds: (bar, before, first, sizes) =>
      isBlack(first) &&
      hasLongBody(first, sizes) &&
      isStarDown(before, first) &&
      hasNoBody(before, sizes) &&
      isWhite(bar) &&
      isStarUp(bar, before) &&
      bar.close >= first.close,
  },
  {
    ...{ name: 'abandoned_baby_bear', title: 'Bearish abandoned baby', ...sized },
    description:
      'A long rising body, a bar without body wholly above it, a falling bar wholly below that which ' +
      'closes at most at the first close.',
    holds: (bar, before, first, sizes) =>
      isWhite(first) &&
      hasLongBody(first, sizes) &&
      isStarUp(before, first) &&
      hasNoBody(before, sizes) &&
      isBlack(bar) &&
      isStarDown(bar, before) &&
      bar.close <= first.close,
  },
  {
    ...{ name: 'three_white_soldiers', title: 'Three white soldiers', ...plain },
    description:
      'Three rising bars, the second and third of which open within the body before. After Tulip ' +
      'Indicators.',
    holds: (bar, before, first) =>
      isWhite(first) &&
      isWhite(before) &&
      isWhite(bar) &&
      opensInside(before, first) &&
      opensInside(bar, before),
  },
  {
    ...{ name: 'three_black_crows', title: 'Three black crows', ...plain },
    description:
      'Three falling bars, the second and third of which open within the body before. After Tulip ' +
      'Indicators.',
    holds: (bar, before, first) =>
      isBlack(first) &&
      isBlack(before) &&
      isBlack(bar) &&
      opensInside(before, first) &&
      opensInside(bar, before),
  },
];
