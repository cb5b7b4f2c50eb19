import { barsStatisticsOf } from '../../backtest/bars/bars-statistics.ts';
import { tailOfRun } from '../../backtest/bars/tail-of-run.ts';
import { curveFiguresOf, type CurveFigures } from '../../metrics/curve-figures.ts';
import { dailyReturnsOf } from '../../metrics/returns.ts';
import type { EquityColumns } from '../../portfolio/equity-curve.ts';
import { statisticNames, statisticsColumn } from '../aim.ts';
import { valuesAt } from '../search-space.ts';
import type { Trial } from '../trial.ts';
import type { WalkForwardWindow } from '../walk-forward-windows.ts';
import type { BarsTrials } from './bars-trials.ts';

/** What a window gave. */
export interface WindowResult {
  readonly window: WalkForwardWindow;
  /** The best trial in sample; null: none gave anything, and nothing was traded out of sample. */
  readonly best: Trial | null;
  /** What it gave out of sample, a number for each of `statisticNames`; null: nothing was traded. */
  readonly outOfSample: Float64Array | null;
  /** Annual growth out of sample over that in sample; null where that in sample is not above 0. */
  readonly efficiency: number | null;
}

/** What walking forward gave. */
export interface WalkForwardResult {
  readonly windows: readonly WindowResult[];
  /** Money over all stretches out of sample, each begun with what the one before it left. */
  readonly equity: EquityColumns;
  /** The figures of that curve. */
  readonly figures: CurveFigures;
  /**
   * Annual growth of that curve over the mean annual growth of the best trials in sample (source: R.
   * Pardo, The Evaluation and Optimization of Trading Strategies, 2008: walk-forward efficiency);
   * null where that mean is not above 0.
   */
  readonly efficiency: number | null;
}

const cagr = statisticNames.indexOf('cagrPercent');

/**
 * Trades the best of each window out of its sample. Rules see the bars of the sample, so that indicators
 * are warm; orders are decided from the first bar out of it on, with nothing held. What is held at the
 * end of a window leaves at its last close, so that each window stands for its own parameters.
 */
export function walkForward(
  trials: BarsTrials,
  windows: readonly WalkForwardWindow[],
  bestOf: (window: number) => Trial | null,
): WalkForwardResult {
  const { cash } = trials.options;
  const first = windows[0]?.outOfSample.from ?? trials.time.length;
  const time = trials.time.subarray(first);
  const equity = new Float64Array(time.length);
  let money = cash;
  const results = windows.map((window, index): WindowResult => {
    const { outOfSample } = window;
    const best = bestOf(index);
    const part = equity.subarray(outOfSample.from - first, outOfSample.to - first).fill(money);
    // Whoever has nothing left cannot go on.
    if (best === null || money <= 0) return { window, best, outOfSample: null, efficiency: null };
    const { statistics, curve } = tradeOut(trials, window, best, money);
    part.set(curve);
    money = part[part.length - 1] as number;
    const efficiency = ratioOf(statistics[cagr] ?? NaN, inSampleGrowth(best));
    return { window, best, outOfSample: statistics, efficiency };
  });
  const columns = { length: time.length, time, equity };
  const figures = curveFiguresOf(columns, cash, dailyReturnsOf(columns, cash).returns);
  const growths = results.flatMap(({ best, outOfSample }) =>
    best === null || outOfSample === null ? [] : inSampleGrowth(best),
  );
  const mean = growths.reduce((sum, growth) => sum + growth, 0) / growths.length;
  return {
    windows: results,
    equity: columns,
    figures,
    efficiency: ratioOf(figures.cagrPercent ?? NaN, mean),
  };
}

function tradeOut(
  trials: BarsTrials,
  { inSample, outOfSample }: WalkForwardWindow,
  best: Trial,
  cash: number,
): { readonly statistics: Float64Array; readonly curve: Float64Array } {
  const stretch = { from: inSample.from, to: outOfSample.to };
  const from = outOfSample.from - inSample.from;
  const values = valuesAt(trials.space, best.point);
  const run = trials.run(values, stretch, { cash, finalizeTrades: 'LAST_CLOSE' }, from);
  if (!run.ok) throw new Error(`what was tried in sample cannot run out of it: ${run.failure}`);
  const tail = tailOfRun(run.value, from);
  return { statistics: statisticsColumn(barsStatisticsOf(tail)), curve: tail.equity };
}

function inSampleGrowth({ outcome }: Trial): number {
  return outcome.kind === 'MEASURED' ? (outcome.statistics[cagr] as number) : NaN;
}

function ratioOf(outOfSample: number, inSample: number): number | null {
  return inSample > 0 && Number.isFinite(outOfSample) ? outOfSample / inSample : null;
}
