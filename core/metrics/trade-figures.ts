import { Decimal } from 'decimal.js';
import { roundTripsOf } from '../portfolio/round-trip.ts';
import type { Trade } from '../portfolio/trade.ts';
import { meanOf, sampleDeviationOf } from './moments.ts';

/** What a list of closed trades says, round trip by round trip. Rupees are after charges unless they say otherwise. */
export interface TradeFigures {
  /** Rupees before charges. */
  readonly grossPnl: Decimal;
  readonly totalTrades: number;
  /** Trades that gained after their charges. */
  readonly winningTrades: number;
  /** Trades that lost after their charges. */
  readonly losingTrades: number;
  /** Fraction of trades that won, 0 to 1; null without trades. */
  readonly winRate: number | null;
  /** Rupees won over rupees lost; null without a loss. */
  readonly profitFactor: number | null;
  /** Mean rupees a trade; null without trades. */
  readonly expectancy: Decimal | null;
  /** Mean rupees of the trades that won; null without one. */
  readonly averageWin: Decimal | null;
  /** Mean rupees of the trades that lost, negative; null without one. */
  readonly averageLoss: Decimal | null;
  /** Mean time from entry to exit in seconds of market time; null without trades. */
  readonly averageHoldingSeconds: number | null;
  /**
   * System quality number: mean over sample deviation of the trades' rupees, times the root of
   * their number (source: Van Tharp; backtesting.py `SQN`). Null below two trades, or where they do
   * not vary.
   */
  readonly systemQualityNumber: number | null;
}

/** The figures of closed trades; the parts of a round trip count as one. */
export function tradeFiguresOf(parts: readonly Trade[]): TradeFigures {
  const trades = roundTripsOf(parts);
  const zero = new Decimal(0);
  const winners = trades.filter(({ netPnl }) => netPnl.greaterThan(0));
  const losers = trades.filter(({ netPnl }) => netPnl.lessThan(0));
  const won = winners.reduce((sum, { netPnl }) => sum.plus(netPnl), zero);
  const lost = losers.reduce((sum, { netPnl }) => sum.plus(netPnl), zero);
  const holding = meanOf(trades.map(({ entryTime, exitTime }) => exitTime - entryTime));
  const none = trades.length === 0;
  return {
    grossPnl: trades.reduce((sum, { grossPnl }) => sum.plus(grossPnl), zero),
    totalTrades: trades.length,
    winningTrades: winners.length,
    losingTrades: losers.length,
    winRate: none ? null : winners.length / trades.length,
    profitFactor: lost.isZero() ? null : won.dividedBy(lost.negated()).toNumber(),
    expectancy: none ? null : won.plus(lost).dividedBy(trades.length),
    averageWin: winners.length === 0 ? null : won.dividedBy(winners.length),
    averageLoss: losers.length === 0 ? null : lost.dividedBy(losers.length),
    averageHoldingSeconds: holding === null ? null : holding / 1000,
    systemQualityNumber: qualityOf(trades.map(({ netPnl }) => netPnl.toNumber())),
  };
}

function qualityOf(gains: readonly number[]): number | null {
  const mean = meanOf(gains);
  const deviation = sampleDeviationOf(gains);
  if (mean === null || deviation === null || deviation === 0) return null;
  return (mean / deviation) * Math.sqrt(gains.length);
}
