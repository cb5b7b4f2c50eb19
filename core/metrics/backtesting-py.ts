import { dayNumberOf, weekdayOf } from '../calendar/exchange-time.ts';
import { finiteOrNull } from './moments.ts';

/** What the statistics of that program are taken from; columns of equal length, one row a bar. */
export interface BacktestingPyRecord {
  /** Epoch ms by which a bar is known: when it opened. */
  readonly time: Float64Array;
  /** Money at the close of each bar. */
  readonly equity: Float64Array;
  /** Closes of what was traded. */
  readonly close: Float64Array;
  /** The first bar on which every indicator has a value: buy and hold is counted from it. */
  readonly firstWholeBar: number;
  /** Of closed trades. */
  readonly commissions: number;
  /** Closed trades, one row each. */
  readonly trades: {
    readonly length: number;
    readonly entryBar: readonly number[];
    readonly exitBar: readonly number[];
    readonly pnl: readonly number[];
    /** Fraction of the value at entry. */
    readonly returnPct: readonly number[];
  };
}

/** A stretch of time, rounded up to whole bars' resolution. */
export interface Stretch {
  readonly days: number;
}

/** The statistics under that program's names; a value that does not exist is null. */
export type BacktestingPyStatistics = Readonly<Record<string, number | string | Stretch | null>>;

const dayMs = 86_400_000;

/**
 * The statistics of backtesting.py 0.6.6 by its definitions (source: its documentation of
 * `Backtest.run` and the worked cases in backtesting-py-cases.json): geometric means of daily returns,
 * years of 252 days (365 where weekends are traded), the deviation of compounded returns, drawdowns of
 * every bar, and trades by their return.
 */
export function backtestingPyStatisticsOf(record: BacktestingPyRecord): BacktestingPyStatistics {
  const { time, equity, close, firstWholeBar, commissions, trades } = record;
  const last = equity.length - 1;
  const [start, end] = [time[0] ?? NaN, time[last] ?? NaN];
  const [first, final] = [equity[0] ?? NaN, equity[last] ?? NaN];
  const returnPercent = ((final - first) / first) * 100;
  const held = close[firstWholeBar] ?? NaN;
  const buyAndHold = (((close[last] ?? NaN) - held) / held) * 100;

  const year = yearOf(time);
  const returns = dailyReturns(time, equity, year.isDaily);
  const mean = geometricMean(returns);
  const annual = (1 + mean) ** year.days - 1;
  const growth = (1 + mean) ** 2;
  const volatility = Math.sqrt((varianceOf(returns) + growth) ** year.days - growth ** year.days);
  let shortfall = 0;
  for (const value of returns) shortfall += Math.min(value, 0) ** 2;
  const downside = Math.sqrt(shortfall / returns.length) * Math.sqrt(year.days);
  const years = (end - start) / dayMs / 365.25;
  const falls = drawdownsOf(time, equity);
  const beta = betaOf(equity, close);
  const ofTrades = tradeStatistics(record);
  const round = roundingOf(time);
  return nulled({
    Start: labelOf(start),
    End: labelOf(end),
    Duration: { days: (end - start) / dayMs },
    'Exposure Time [%]': exposureOf(trades, equity.length) * 100,
    'Equity Final [$]': final,
    'Equity Peak [$]': equity.reduce((peak, value) => Math.max(peak, value), -Infinity),
    ...(commissions > 0 ? { 'Commissions [$]': commissions } : {}),
    'Return [%]': returnPercent,
    'Buy & Hold Return [%]': buyAndHold,
    'Return (Ann.) [%]': annual * 100,
    'Volatility (Ann.) [%]': volatility * 100,
    'CAGR [%]': ((final / first) ** (1 / years) - 1) * 100,
    'Sharpe Ratio': annual / volatility,
    'Sortino Ratio': annual / downside,
    'Calmar Ratio': annual / falls.deepest,
    'Alpha [%]': returnPercent - beta * buyAndHold,
    Beta: beta,
    'Max. Drawdown [%]': -falls.deepest * 100,
    'Avg. Drawdown [%]': -falls.meanDepth * 100,
    'Max. Drawdown Duration': round(falls.longest),
    'Avg. Drawdown Duration': round(falls.meanLength),
    '# Trades': trades.length,
    ...ofTrades,
    'Max. Trade Duration': round(ofTrades['Max. Trade Duration']),
    'Avg. Trade Duration': round(ofTrades['Avg. Trade Duration']),
  });
}

function nulled(
  values: Readonly<Record<string, number | string | Stretch>>,
): BacktestingPyStatistics {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, number | string | Stretch | null] => {
      if (typeof value === 'number') return [name, finiteOrNull(value)];
      if (typeof value === 'object' && !Number.isFinite(value.days)) return [name, null];
      return [name, value];
    }),
  );
}

/** `2004-08-19T00:00:00`, in exchange time. */
function labelOf(time: number): string {
  return Number.isNaN(time) ? '' : new Date(time + 330 * 60_000).toISOString().slice(0, 19);
}

/** The usual distance of bars, ms: the median of the last hundred. */
function periodOf(time: Float64Array): number {
  const from = Math.max(1, time.length - 99);
  const gaps = Array.from({ length: time.length - from }, (_, index) => {
    return (time[from + index] ?? NaN) - (time[from + index - 1] ?? NaN);
  }).sort((a, b) => a - b);
  const middle = gaps.length >> 1;
  return gaps.length % 2 === 1
    ? (gaps[middle] ?? NaN)
    : ((gaps[middle - 1] ?? NaN) + (gaps[middle] ?? NaN)) / 2;
}

/** Rounds a stretch (ms) up to the resolution of the bars: days, hours, minutes or seconds. */
function roundingOf(time: Float64Array): (ms: number) => Stretch {
  const period = periodOf(time);
  const unit = [dayMs, 3_600_000, 60_000, 1000].find((size) => period % size === 0) ?? 1;
  return (ms) => ({ days: (Math.ceil(ms / unit) * unit) / dayMs });
}

/** How many periods make a year, and whether returns are those of days or of each bar. */
function yearOf(time: Float64Array): { readonly days: number; readonly isDaily: boolean } {
  const days = Math.floor(periodOf(time) / dayMs);
  if (days === 7) return { days: 52, isDaily: false };
  if (days === 31) return { days: 12, isDaily: false };
  if (days === 365) return { days: 1, isDaily: false };
  let weekends = 0;
  for (const at of time) {
    const weekday = weekdayOf(dayNumberOf(at));
    if (weekday === 0 || weekday === 6) weekends += 1;
  }
  return { days: weekends / time.length > (2 / 7) * 0.6 ? 365 : 252, isDaily: true };
}

/** Last equity of each day (or each bar's) over the one before, less one. */
function dailyReturns(time: Float64Array, equity: Float64Array, isDaily: boolean): Float64Array {
  const returns = new Float64Array(Math.max(0, equity.length - 1));
  let count = 0;
  let before = NaN;
  let dayEnd = NaN;
  for (let bar = 0; bar < equity.length; bar += 1) {
    if (isDaily) {
      const next = time[bar + 1] ?? Infinity;
      if (!((time[bar] as number) < dayEnd)) {
        dayEnd = (dayNumberOf(time[bar] as number) + 1) * dayMs - 330 * 60_000;
      }
      if (next < dayEnd) continue;
    }
    const value = equity[bar] as number;
    if (!Number.isNaN(before)) {
      returns[count] = value / before - 1;
      count += 1;
    }
    before = value;
  }
  return returns.subarray(0, count);
}

/** 0 where a return loses everything, as that program has it. */
function geometricMean(returns: ArrayLike<number> & Iterable<number>): number {
  let logs = 0;
  for (const value of returns) {
    if (value <= -1) return 0;
    logs += Math.log(value + 1);
  }
  return Math.exp(logs / returns.length) - 1;
}

function meanOf(values: ArrayLike<number> & Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample variance. */
function varianceOf(values: ArrayLike<number> & Iterable<number>): number {
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return squares / (values.length - 1);
}

/** Share of bars at which a closed trade was held, its first and last bar counted. */
function exposureOf(trades: BacktestingPyRecord['trades'], bars: number): number {
  const held = new Uint8Array(bars);
  for (let row = 0; row < trades.length; row += 1) {
    held.fill(1, trades.entryBar[row], (trades.exitBar[row] as number) + 1);
  }
  let count = 0;
  for (const value of held) count += value;
  return count / bars;
}

/** Depths (fractions) and lengths (ms) of the stretches from one highest equity to the next. */
function drawdownsOf(time: Float64Array, equity: Float64Array) {
  let [peak, peakBar, deepest, depthOfThis] = [-Infinity, 0, 0, 0];
  let [count, depths, lengths, longest] = [0, 0, 0, NaN];
  for (let bar = 0; bar < equity.length; bar += 1) {
    const value = equity[bar] as number;
    const isLast = bar === equity.length - 1;
    if (value < peak) {
      const depth = 1 - value / peak;
      if (depth > depthOfThis) depthOfThis = depth;
      if (!isLast) continue;
    } else peak = value;
    if (bar > peakBar + 1) {
      const length = (time[bar] as number) - (time[peakBar] as number);
      count += 1;
      depths += depthOfThis;
      lengths += length;
      if (!(length <= longest)) longest = length;
    }
    if (depthOfThis > deepest) deepest = depthOfThis;
    depthOfThis = 0;
    peakBar = bar;
  }
  return { deepest, meanDepth: depths / count, meanLength: lengths / count, longest };
}

/** Covariance of logarithmic returns of equity and closes over the variance of those of closes. */
function betaOf(equity: Float64Array, close: Float64Array): number {
  const length = equity.length - 1;
  if (length < 2) return NaN;
  const own = new Float64Array(length);
  const market = new Float64Array(length);
  for (let bar = 0; bar < length; bar += 1) {
    own[bar] = Math.log((equity[bar + 1] as number) / (equity[bar] as number));
    market[bar] = Math.log((close[bar + 1] as number) / (close[bar] as number));
  }
  const [meanOwn, meanMarket] = [meanOf(own), meanOf(market)];
  let [both, squares] = [0, 0];
  for (let bar = 0; bar < length; bar += 1) {
    const distance = (market[bar] as number) - meanMarket;
    both += ((own[bar] as number) - meanOwn) * distance;
    squares += distance * distance;
  }
  return both / squares;
}

function tradeStatistics({ time, trades }: BacktestingPyRecord) {
  const { length, pnl, returnPct, entryBar, exitBar } = trades;
  let [best, worst, sum, gains, losses] = [-Infinity, Infinity, 0, 0, 0];
  let [won, lost, winners, losers, longest, held] = [0, 0, 0, 0, -Infinity, 0];
  for (let row = 0; row < length; row += 1) {
    const part = returnPct[row] as number;
    const money = pnl[row] as number;
    best = Math.max(best, part);
    worst = Math.min(worst, part);
    sum += part;
    if (part > 0) gains += part;
    else losses -= part;
    if (money > 0) {
      won += money;
      winners += 1;
    } else if (money < 0) {
      lost -= money;
      losers += 1;
    }
    const ms = (time[exitBar[row] as number] as number) - (time[entryBar[row] as number] as number);
    longest = Math.max(longest, ms);
    held += ms;
  }
  const winRate = winners / length;
  return {
    'Win Rate [%]': winRate * 100,
    'Best Trade [%]': best * 100,
    'Worst Trade [%]': worst * 100,
    'Avg. Trade [%]': geometricMean(returnPct) * 100,
    'Max. Trade Duration': longest,
    'Avg. Trade Duration': held / length,
    'Profit Factor': gains / losses,
    'Expectancy [%]': (sum / length) * 100,
    SQN: (Math.sqrt(length) * meanOf(pnl)) / Math.sqrt(varianceOf(pnl)),
    'Kelly Criterion': winRate - (1 - winRate) / (won / winners / (lost / losers)),
  };
}
