import {
  type CandlePattern,
  bodyOf,
  hasLongBody,
  hasLongLower,
  hasLongUpper,
  hasNoBody,
  hasNoLower,
  hasNoUpper,
  hasShortBody,
  isBlack,
  isWhite,
  lowerOf,
  upperOf,
} from './candle.ts';

const sized = { bars: 1, isSized: true } as const;

/** Patterns of one bar, measured by the sizes of those before it. */
export const singlePatterns: readonly CandlePattern[] = [
  {
    ...{ name: 'doji', title: 'Doji', ...sized },
    description: 'The bar closes where it opened: no body.',
    holds: (bar, _before, _first, sizes) => hasNoBody(bar, sizes),
  },
  {
    ...{ name: 'dragonfly_doji', title: 'Dragonfly doji', ...sized },
    description: 'No body, no upper wick, a long lower wick.',
    holds: (bar, _before, _first, sizes) =>
      hasNoBody(bar, sizes) && hasNoUpper(bar, sizes) && hasLongLower(bar, sizes),
  },
  {
    ...{ name: 'gravestone_doji', title: 'Gravestone doji', ...sized },
    description: 'No body, a long upper wick, no lower wick.',
    holds: (bar, _before, _first, sizes) =>
      hasNoBody(bar, sizes) && hasLongUpper(bar, sizes) && hasNoLower(bar, sizes),
  },
  {
    ...{ name: 'long_legged_doji', title: 'Long-legged doji', ...sized },
    description: 'No body, both wicks long.',
    holds: (bar, _before, _first, sizes) =>
      hasNoBody(bar, sizes) && hasLongUpper(bar, sizes) && hasLongLower(bar, sizes),
  },
  {
    ...{ name: 'four_price_doji', title: 'Four-price doji', ...sized },
    description: 'No body and no wicks: one price throughout.',
    holds: (bar, _before, _first, sizes) =>
      hasNoBody(bar, sizes) && hasNoUpper(bar, sizes) && hasNoLower(bar, sizes),
  },
  {
    ...{ name: 'spinning_top', title: 'Spinning top', ...sized },
    description: 'A short body, both wicks longer than it.',
    holds: (bar, _before, _first, sizes) =>
      hasShortBody(bar, sizes) && upperOf(bar) > bodyOf(bar) && lowerOf(bar) > bodyOf(bar),
  },
  {
    ...{ name: 'marubozu', title: 'Marubozu', ...sized },
    description: 'A long body without wicks.',
    holds: (bar, _before, _first, sizes) =>
      hasLongBody(bar, sizes) && hasNoUpper(bar, sizes) && hasNoLower(bar, sizes),
  },
  {
    ...{ name: 'white_marubozu', title: 'White marubozu', ...sized },
    description: 'A long rising body without wicks.',
    holds: (bar, _before, _first, sizes) =>
      isWhite(bar) && hasLongBody(bar, sizes) && hasNoUpper(bar, sizes) && hasNoLower(bar, sizes),
  },
  {
    ...{ name: 'black_marubozu', title: 'Black marubozu', ...sized },
    description: 'A long falling body without wicks.',
    holds: (bar, _before, _first, sizes) =>
      isBlack(bar) && hasLongBody(bar, sizes) && hasNoUpper(bar, sizes) && hasNoLower(bar, sizes),
  },
  {
    ...{ name: 'big_white_candle', title: 'Big white candle', ...sized },
    description: 'A long rising body.',
    holds: (bar, _before, _first, sizes) => isWhite(bar) && hasLongBody(bar, sizes),
  },
  {
    ...{ name: 'big_black_candle', title: 'Big black candle', ...sized },
    description: 'A long falling body.',
    holds: (bar, _before, _first, sizes) => isBlack(bar) && hasLongBody(bar, sizes),
  },
];
