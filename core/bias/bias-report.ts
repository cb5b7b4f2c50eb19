import type { Percentiles } from './percentiles.ts';

/**
 * Statistics by which a run can be judged against others: of all of them more is better, and a run
 * that did nothing has 0.
 */
export const biasAims = ['sharpeRatio', 'roiPercent', 'cagrPercent', 'expectancy'] as const;
/** One of them. */
export type BiasAim = (typeof biasAims)[number];

/** Why the rules of a run cannot be played over the bars of its time. */
export type UnplayedReason =
  /** No candles of its instruments are kept of its time. */
  | 'NO_CANDLES'
  /** No card says what trading them costs. */
  | 'NO_RATES'
  /** Its product cannot be traded on whole bars of its time frame. */
  | 'BARS_REFUSED'
  /** Its version cannot be read or compiled any more. */
  | 'RULES_UNREADABLE';

/** Whether a result deserves trust: five examinations of one run. A value that does not exist is null. */
export interface BiasReport {
  /** The same seed gives the same report. */
  readonly seed: number;
  readonly aim: BiasAim;
  /** The aim of the run itself, over the bars. */
  readonly value: number | null;
  /** Why its rules could not be played over bars, without which only the trades are examined; null: they were. */
  readonly unplayed: UnplayedReason | null;
  /** Null with `unplayed`. */
  readonly lookAhead: LookAheadCheck | null;
  /** Null: too few bars to part. */
  readonly samples: SampleComparison | null;
  /** Null: fewer than two trades. */
  readonly tradeOrder: TradeOrderTest | null;
  /** Null: no trades, too few bars, or prices that are not above zero. */
  readonly permutation: PermutationTest | null;
  /** One for each named parameter that could be moved, in their order. */
  readonly sensitivity: readonly ParameterSensitivity[];
}

/** Whether the decisions of a run know what comes after them. */
export interface LookAheadCheck {
  /** Points at which what comes after was cut off or changed. */
  readonly cuts: number;
  /** Decisions that were compared, those before every cut counted anew. */
  readonly decisions: number;
  /** The first decision that was another one once what comes after it was another; null: none. */
  readonly firstDifferenceAt: number | null;
  /** Cuts before which a decision changed. */
  readonly differences: number;
}

/** A part of a run; trades count in the part in which they were closed. Times are epoch ms. */
export interface SampleFigures {
  readonly from: number;
  readonly to: number;
  readonly bars: number;
  readonly trades: number;
  readonly aim: number | null;
  readonly roiPercent: number | null;
  readonly cagrPercent: number | null;
  readonly sharpeRatio: number | null;
  readonly maxDrawdownPercent: number | null;
  readonly winRate: number | null;
  readonly profitFactor: number | null;
}

/** The earlier part of a run, on which rules are wont to be made, against the later. */
export interface SampleComparison {
  readonly inSample: SampleFigures;
  readonly outOfSample: SampleFigures;
  /** The aim out of sample over that in sample; null where that is not above zero. */
  readonly ratio: number | null;
}

/** What luck in the order of the trades could have made of them. Money is in the currency of the run. */
export interface TradeOrderTest {
  readonly trades: number;
  readonly draws: number;
  /** Of the run's own trades in their own order, one point for each trade. */
  readonly maxDrawdownPercent: number;
  readonly finalEquity: number;
  /** The same trades in other orders, which end at the same equity. */
  readonly shuffledMaxDrawdownPercent: Percentiles;
  /** As many trades, each drawn from all of them, so that one may come twice and another not at all. */
  readonly drawnFinalEquity: Percentiles;
  readonly drawnMaxDrawdownPercent: Percentiles;
  /** Part of those draws that ended with less than they began with, 0 to 1. */
  readonly lossProbability: number;
}

/** The aim of the run against its aim on bars with the same moves in another order. */
export interface PermutationTest {
  readonly permutations: number;
  readonly aims: Percentiles;
  /** Part of all orders of the moves, the real one with them, on which the aim is at least as high. */
  readonly pValue: number;
}

/** A value of a parameter beside the one that was run. */
export interface ParameterNeighbour {
  readonly value: number;
  readonly aim: number;
}

/** How much a result hangs on the exact value of one parameter. */
export interface ParameterSensitivity {
  readonly name: string;
  readonly value: number;
  /** Up to two steps to either side at which something was traded, rising. */
  readonly neighbours: readonly ParameterNeighbour[];
  /** The others: without trades there is no aim to compare. Reports made before it was kept lack it. */
  readonly untraded?: readonly number[];
  /** The lowest aim among the neighbours; that of the run where there are none. */
  readonly worstAim: number;
  /**
   * How far the aim falls to it, in percent of the run's own; null where that is not above zero, or where
   * there are no neighbours.
   */
  readonly fallPercent: number | null;
}
