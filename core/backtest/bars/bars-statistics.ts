import { benchmarkFiguresOf } from '../../metrics/benchmark.ts';
import { curveFiguresOf, type CurveFigures } from '../../metrics/curve-figures.ts';
import { finiteOrNull } from '../../metrics/moments.ts';
import { returnMomentsOf } from '../../metrics/return-moments.ts';
import { aggregateReturns, dailyReturnsOf, returnsOfDays } from '../../metrics/returns.ts';
import { drawdownsOf, type EquityColumns } from '../../portfolio/equity-curve.ts';
import { benchmarkOfCloses, type BarsMarket } from './bars-market.ts';
import type { BarsResult } from './bars-result.ts';

/**
 * The figures of a run by the `standard` convention, as `RunStatistics` has them, in float64. Money is in
 * the currency of the prices; what does not exist is null.
 */
export interface BarsStatistics extends CurveFigures {
  readonly initialCapital: number;
  readonly finalEquity: number;
  /** Of closed trades, before commission. */
  readonly grossPnl: number;
  /** Commission of all fills. */
  readonly charges: number;
  /** `grossPnl` less `charges`. */
  readonly netPnl: number;
  readonly totalTrades: number;
  readonly winningTrades: number;
  readonly losingTrades: number;
  /** Fraction of trades that won. */
  readonly winRate: number | null;
  readonly profitFactor: number | null;
  /** Mean money a trade after its commission. */
  readonly expectancy: number | null;
  readonly averageWin: number | null;
  readonly averageLoss: number | null;
  readonly averageHoldingSeconds: number | null;
  readonly systemQualityNumber: number | null;
  /** Share of bars on whose close something was held, in percent. */
  readonly exposurePercent: number | null;
  /** What the market did from the first to the last close, in percent. */
  readonly buyAndHoldPercent: number | null;
  /** Against the benchmark's daily returns: see `benchmarkFiguresOf`. */
  readonly alpha: number | null;
  readonly beta: number | null;
  readonly correlation: number | null;
}

/** Curves of a run as columns, a row for each point. */
export interface BarsCurves extends EquityColumns {
  /** Fraction of the highest equity so far, 0 or below. */
  readonly drawdown: Float64Array;
  /** What the money at the start would be worth in the benchmark. */
  readonly benchmark: Float64Array;
}

/** Equity, drawdown and benchmark, which is the market itself where `benchmark` (closes) is left out. */
export function curvesOf(
  { market, options, equity }: BarsResult,
  benchmark = market.basket,
): BarsCurves {
  const { time } = market;
  const columns = { length: time.length, time, equity };
  const first = benchmark.find((close) => !Number.isNaN(close)) ?? NaN;
  return {
    ...columns,
    drawdown: drawdownsOf(columns, options.cash),
    benchmark: benchmark.map((close) =>
      Number.isNaN(close) ? options.cash : (close / first) * options.cash,
    ),
  };
}

/** The closes of another series at each point of a market: the latest that was over by then, NaN before. */
export function closesAt(
  { time }: BarsMarket,
  other: {
    readonly length: number;
    readonly closeTime: Float64Array;
    readonly close: Float64Array;
  },
): Float64Array {
  let closed = 0;
  return time.map((now) => {
    while (closed < other.length && (other.closeTime[closed] as number) <= now) closed += 1;
    return closed === 0 ? NaN : (other.close[closed - 1] as number);
  });
}

/** Growth of each month that has a point, as fractions, by `YYYY-MM`. */
export function monthlyReturnsOf({
  market,
  options,
  equity,
}: BarsResult): ReadonlyMap<string, number> {
  const { time } = market;
  const { days, returns } = dailyReturnsOf({ length: time.length, time, equity }, options.cash);
  return aggregateReturns(returns, (day) => (days[day] ?? '').slice(0, 7));
}

/**
 * The figures; against the market itself where `benchmark` (closes at each point) is left out. The daily
 * returns are worked out in `returns`, a row for each day.
 */
export function barsStatisticsOf(
  result: BarsResult,
  benchmark?: Float64Array,
  returns?: Float64Array,
): BarsStatistics {
  const { market, options, equity, heldPoints, commissions } = result;
  const { time, dayEnds } = market;
  const { cash } = options;
  const columns: EquityColumns = { length: time.length, time, equity };
  const daily = returnsOfDays(equity, dayEnds, cash, returns);
  const moments = returnMomentsOf(daily);
  const other = benchmark === undefined ? market.benchmark : benchmarkOfCloses(benchmark, dayEnds);
  const trades = tradeFiguresOf(result);
  return {
    initialCapital: cash,
    finalEquity: equity[equity.length - 1] ?? cash,
    charges: commissions,
    ...trades,
    netPnl: trades.grossPnl - commissions,
    ...curveFiguresOf(columns, cash, daily, moments),
    exposurePercent: finiteOrNull((heldPoints / time.length) * 100),
    buyAndHoldPercent: other.returns.length === 0 ? null : finiteOrNull((other.growth - 1) * 100),
    ...benchmarkFiguresOf(daily, moments, other),
  };
}

function tradeFiguresOf({ trades, market }: BarsResult) {
  const { length, pnl, commission, entryBar, exitBar } = trades;
  let [won, lost, winners, losers, paid, held, squares] = [0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < length; row += 1) {
    const money = pnl[row] as number;
    if (money > 0) {
      won += money;
      winners += 1;
    } else if (money < 0) {
      lost -= money;
      losers += 1;
    }
    paid += commission[row] as number;
    held +=
      (market.time[exitBar[row] as number] as number) -
      (market.time[entryBar[row] as number] as number);
  }
  const mean = (won - lost) / length;
  for (let row = 0; row < length; row += 1) squares += ((pnl[row] as number) - mean) ** 2;
  const deviation = Math.sqrt(squares / (length - 1));
  return {
    grossPnl: won - lost + paid,
    totalTrades: length,
    winningTrades: winners,
    losingTrades: losers,
    winRate: finiteOrNull(winners / length),
    profitFactor: finiteOrNull(won / lost),
    expectancy: finiteOrNull(mean),
    averageWin: finiteOrNull(won / winners),
    averageLoss: finiteOrNull(-lost / losers),
    averageHoldingSeconds: finiteOrNull(held / length / 1000),
    systemQualityNumber: finiteOrNull((mean / deviation) * Math.sqrt(length)),
  };
}
