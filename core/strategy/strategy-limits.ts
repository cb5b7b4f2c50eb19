import { maxPeriod } from '../indicators/catalogue.ts';

/** Longest text of a strategy in UTF-16 units. */
export const maxTextLength = 100_000;
/** Most nodes of all rules of a strategy together. */
export const maxNodes = 1000;
/** Deepest rule tree. */
export const maxDepth = 100;

/** What a number of a strategy must be. */
export interface NumberRule {
  /** In words, to follow "expected". */
  readonly expected: string;
  readonly accepts: (value: number) => boolean;
}

/** The numbers of a strategy, by their name in the tree. */
export const numberRules = {
  capitalPerTrade: {
    expected: 'rupees above 0 and at most 1000000000000',
    accepts: (value) => value > 0 && value <= 1e12,
  },
  stopLossPercent: {
    expected: 'a percentage above 0 and below 100',
    accepts: (value) => value > 0 && value < 100,
  },
  takeProfitPercent: {
    expected: 'a percentage above 0 and at most 1000',
    accepts: (value) => value > 0 && value <= 1000,
  },
  maxPositions: {
    expected: 'a whole number from 1 to 1000',
    accepts: (value) => Number.isInteger(value) && value >= 1 && value <= 1000,
  },
  period: {
    expected: `a whole number from 1 to ${maxPeriod}`,
    accepts: (value) => Number.isInteger(value) && value >= 1 && value <= maxPeriod,
  },
  value: {
    expected: 'a number from 0 to 1000000000000000',
    accepts: (value) => value >= 0 && value <= 1e15,
  },
} as const satisfies Record<string, NumberRule>;
