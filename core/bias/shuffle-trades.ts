import { seededRandom, shuffle } from '../random/seeded-random.ts';
import type { TradeOrderTest } from './bias-report.ts';
import { percentilesOf } from './percentiles.ts';

const mostDraws = 1000;
const fewestDraws = 100;

/** Trades looked at over all draws. */
const mostWork = 4_000_000;

/** Closed trades, whoever traded them. */
export interface OwnTrades {
  /** Money before the first of them. */
  readonly cash: number;
  /** Money that each made after its charges, in the order of their exits. */
  readonly pnl: readonly number[];
}

/**
 * Each trade as what it made of the equity before it, one trade after the other in the order of their
 * exits: put together in another order these end at the same equity by other ways, and drawn with
 * repetition at other equities (source: the bootstrap, Efron 1979).
 */
export function shuffleTrades({ cash, pnl }: OwnTrades, seed: number): TradeOrderTest | null {
  const { length } = pnl;
  if (length < 2) return null;
  const growth = new Float64Array(length);
  let equity = cash;
  for (let row = 0; row < length; row += 1) {
    const after = Math.max(0, equity + (pnl[row] as number));
    growth[row] = equity > 0 ? after / equity : 1;
    equity = after;
  }
  const own = walk(growth, cash);
  const draws = Math.max(fewestDraws, Math.min(mostDraws, Math.floor(mostWork / length)));
  const random = seededRandom(seed, 1);
  const [shuffledFall, drawnEnd, drawnFall] = [0, 1, 2].map(() => new Float64Array(draws)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const order = growth.slice();
  const drawn = growth.slice();
  let losses = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    shuffle(order, random);
    shuffledFall[draw] = walk(order, cash).fall;
    for (let row = 0; row < length; row += 1) drawn[row] = growth[random.below(length)] as number;
    const { end, fall } = walk(drawn, cash);
    drawnEnd[draw] = end;
    drawnFall[draw] = fall;
    if (end < cash) losses += 1;
  }
  return {
    trades: length,
    draws,
    maxDrawdownPercent: own.fall,
    finalEquity: own.end,
    shuffledMaxDrawdownPercent: percentilesOf(shuffledFall),
    drawnFinalEquity: percentilesOf(drawnEnd),
    drawnMaxDrawdownPercent: percentilesOf(drawnFall),
    lossProbability: losses / draws,
  };
}

/** Where the money ends, and the deepest fall on the way in percent, 0 or below. */
function walk(growth: Float64Array, cash: number): { readonly end: number; readonly fall: number } {
  let [equity, highest, deepest] = [cash, cash, 0];
  for (const factor of growth) {
    equity *= factor;
    if (equity > highest) highest = equity;
    const fall = equity / highest - 1;
    if (fall < deepest) deepest = fall;
  }
  return { end: equity, fall: deepest * 100 };
}
