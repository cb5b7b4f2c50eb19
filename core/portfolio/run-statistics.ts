import { Decimal } from 'decimal.js';
import { dayNumberOf } from '../calendar/exchange-time.ts';
import type { EquityColumns } from './equity-curve.ts';
import { drawdownsOf } from './equity-curve.ts';
import type { Trade } from './trade.ts';

/** The figures of a run. A value that does not exist is null, never NaN or infinite. */
export interface RunStatistics {
  /** Rupees. */
  readonly initialCapital: Decimal;
  /** Rupees at the last point; the initial capital where there is none. */
  readonly finalEquity: Decimal;
  /** Rupees of the closed trades, before charges. */
  readonly grossPnl: Decimal;
  /** Rupees of all contract notes, those of open trades with them. */
  readonly charges: Decimal;
  /** `grossPnl` less `charges`; positions still open are not in it. */
  readonly netPnl: Decimal;
  readonly totalTrades: number;
  /** Trades that gained after their charges. */
  readonly winningTrades: number;
  /** Trades that lost after their charges. */
  readonly losingTrades: number;
  /** Fraction of trades that won, 0 to 1; null without trades. */
  readonly winRate: number | null;
  /** Final equity over initial capital, less one, in percent; null without a point. */
  readonly roiPercent: number | null;
  /** The deepest drawdown in percent, 0 or negative; null without a point. */
  readonly maxDrawdownPercent: number | null;
  /** Of daily returns, a year of 252 days, no risk-free rate; null below two days or without variation. */
  readonly sharpeRatio: number | null;
  /** Net rupees won over net rupees lost; null without a loss. */
  readonly profitFactor: number | null;
  /** Mean net rupees a trade; null without trades. */
  readonly expectancy: Decimal | null;
}

/** What the figures are taken from. */
export interface RunRecord {
  readonly initialCapital: Decimal;
  readonly trades: readonly Trade[];
  /** Rupees of all contract notes. */
  readonly charges: Decimal;
  readonly equity: EquityColumns;
}

const tradingDaysAYear = 252;

/**
 * The figures of a run by the `standard` convention: the definitions of empyrical (`sharpe_ratio`
 * with the sample deviation, `max_drawdown`), on equity at the end of each exchange day and from
 * the initial capital on.
 */
export function runStatisticsOf(record: RunRecord): RunStatistics {
  const { initialCapital, trades, charges, equity } = record;
  let grossPnl = new Decimal(0);
  let won = new Decimal(0);
  let lost = new Decimal(0);
  let winningTrades = 0;
  let losingTrades = 0;
  for (const trade of trades) {
    grossPnl = grossPnl.plus(trade.grossPnl);
    if (trade.netPnl.greaterThan(0)) {
      winningTrades += 1;
      won = won.plus(trade.netPnl);
    } else if (trade.netPnl.lessThan(0)) {
      losingTrades += 1;
      lost = lost.minus(trade.netPnl);
    }
  }

  const totalTrades = trades.length;
  const start = initialCapital.toNumber();
  const finalEquity = equity.equity[equity.length - 1] ?? null;
  return {
    initialCapital,
    finalEquity: finalEquity === null ? initialCapital : new Decimal(finalEquity),
    grossPnl,
    charges,
    netPnl: grossPnl.minus(charges),
    totalTrades,
    winningTrades,
    losingTrades,
    winRate: totalTrades === 0 ? null : winningTrades / totalTrades,
    roiPercent: finalEquity === null ? null : (finalEquity / start - 1) * 100,
    maxDrawdownPercent: maxDrawdownPercentOf(equity, start),
    sharpeRatio: sharpeRatioOf(dailyReturnsOf(equity, start)),
    profitFactor: lost.isZero() ? null : won.dividedBy(lost).toNumber(),
    expectancy: totalTrades === 0 ? null : won.minus(lost).dividedBy(totalTrades),
  };
}

function maxDrawdownPercentOf(equity: EquityColumns, initialCapital: number): number | null {
  if (equity.length === 0) return null;
  let deepest = 0;
  for (const drawdown of drawdownsOf(equity, initialCapital)) {
    if (drawdown < deepest) deepest = drawdown;
  }
  return deepest * 100;
}

/**
 * Returns as fractions, one for each exchange day that has a point: the day's last equity over that
 * of the day before, the first over the initial capital.
 */
export function dailyReturnsOf(equity: EquityColumns, initialCapital: number): number[] {
  const returns: number[] = [];
  let previous = initialCapital;
  for (let point = 0; point < equity.length; point += 1) {
    const nextTime = equity.time[point + 1];
    const isLastOfDay =
      point + 1 === equity.length ||
      dayNumberOf(nextTime ?? 0) !== dayNumberOf(equity.time[point] ?? 0);
    if (!isLastOfDay) continue;
    const current = equity.equity[point] ?? 0;
    returns.push(current / previous - 1);
    previous = current;
  }
  return returns;
}

/**
 * Mean over sample deviation of daily returns, times the square root of 252 (source: empyrical
 * `sharpe_ratio`, risk-free rate 0); null below two returns or where they do not vary.
 */
export function sharpeRatioOf(returns: readonly number[]): number | null {
  const count = returns.length;
  if (count < 2) return null;
  const mean = returns.reduce((sum, value) => sum + value, 0) / count;
  const squares = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (count - 1));
  // Equal returns leave a deviation of rounding noise, not exactly 0; returns on an equity that fell
  // to zero are not finite. Either way the comparison is false.
  if (!(deviation > Math.abs(mean) * 1e-12)) return null;
  return (mean / deviation) * Math.sqrt(tradingDaysAYear);
}
