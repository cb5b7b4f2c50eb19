/** Longest text of a strategy in UTF-16 units. */
export const maxTextLength = 100_000;
/** Most nodes of all expressions of a strategy together. */
export const maxNodes = 2000;
/** Deepest tree of an expression. */
export const maxDepth = 100;
/** Most parameters of a strategy. */
export const maxParameters = 50;
/** Most values that an optimiser may try for one parameter. */
export const maxParameterSteps = 10_000;
/** Most levels at which a profit is taken. */
export const maxProfitTargets = 5;

/** What a number of a strategy must be. */
export interface NumberRule {
  /** In words, to follow "expected". */
  readonly expected: string;
  readonly accepts: (value: number) => boolean;
}

/** A rule for numbers, or whole numbers, from `minimum` to `maximum`. */
export function numbersFrom(minimum: number, maximum: number, whole: boolean): NumberRule {
  return {
    expected: `a ${whole ? 'whole number' : 'number'} from ${minimum} to ${maximum}`,
    accepts: (value) => value >= minimum && value <= maximum && (!whole || Number.isInteger(value)),
  };
}

/** The numbers of a strategy, by what they stand for. */
export const numberRules = {
  capitalPerTrade: {
    expected: 'rupees above 0 and at most 1000000000000',
    accepts: (value) => value > 0 && value <= 1e12,
  },
  quantityPerTrade: numbersFrom(1, 1e9, true),
  lotsPerTrade: numbersFrom(1, 1e6, true),
  equityPercent: {
    expected: 'a percentage above 0 and at most 1000',
    accepts: (value) => value > 0 && value <= 1000,
  },
  riskPercent: {
    expected: 'a percentage above 0 and at most 100',
    accepts: (value) => value > 0 && value <= 100,
  },
  /** Against the position: a price cannot fall by all of itself. */
  lossPercent: {
    expected: 'a percentage above 0 and below 100',
    accepts: (value) => value > 0 && value < 100,
  },
  gainPercent: {
    expected: 'a percentage above 0 and at most 1000',
    accepts: (value) => value > 0 && value <= 1000,
  },
  distanceRupees: {
    expected: 'rupees above 0 and at most 1000000000000',
    accepts: (value) => value > 0 && value <= 1e12,
  },
  portionPercent: {
    expected: 'a percentage above 0 and below 100',
    accepts: (value) => value > 0 && value < 100,
  },
  maxPositions: numbersFrom(1, 1000, true),
  timeStopBars: numbersFrom(1, 100_000, true),
  pairRatio: {
    expected: 'a number above 0 and at most 1000',
    accepts: (value) => value > 0 && value <= 1000,
  },
  /** How far back a rule may look, by `close[n]`, `highest(x, n)` and their like. */
  bars: numbersFrom(1, 1000, true),
  /** A number as it is written, without a sign. */
  value: numbersFrom(0, 1e15, false),
  /** Of a parameter, which may be below zero. */
  parameter: numbersFrom(-1e15, 1e15, false),
} as const satisfies Record<string, NumberRule>;
