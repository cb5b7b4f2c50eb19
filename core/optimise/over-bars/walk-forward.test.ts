import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { barsMarketOf } from '../../backtest/bars/bars-market.ts';
import { defaultBarsOptions } from '../../backtest/bars/bars-options.ts';
import { barsStatisticsOf } from '../../backtest/bars/bars-statistics.ts';
import { runBars } from '../../backtest/bars/run-bars.ts';
import { compileStrategy } from '../../strategy/compile-strategy.ts';
import { parseStrategy } from '../../strategy/parse-strategy.ts';
import type { BarColumns } from '../../strategy/columns/bar-columns.ts';
import { aimAt, statisticNames, statisticsColumn } from '../aim.ts';
import { parseConstraint } from '../constraint.ts';
import { pointsOf, valuesAt } from '../search-space.ts';
import { Study } from '../study.ts';
import type { Trial, TrialOutcome } from '../trial.ts';
import { walkForwardWindows, type Stretch, type WalkForwardKind } from '../walk-forward-windows.ts';
import { barsBetween } from '../../backtest/bars/bars-between.ts';
import { BarsTrials } from './bars-trials.ts';
import { barsOfCsv, crossing, problemOf } from './testing.ts';
import { walkForward, type WalkForwardResult } from './walk-forward.ts';

const goog = new URL('../../backtest/bars/goog-daily.csv', import.meta.url);
const bars = barsOfCsv(readFileSync(goog, 'utf8'));

function searched(trials: BarsTrials, stretches: readonly Stretch[]): Study {
  const constraint = parseConstraint('fast < slow', ['fast', 'slow']);
  if (!constraint.ok) throw new Error('the test itself is broken');
  const study = Study.begin({
    space: trials.space,
    constraints: [constraint.value],
    aim: aimAt('sharpeRatio'),
    kind: 'GRID',
    seed: 1,
    trials: 100,
    segments: stretches.length,
  });
  if (!study.ok) throw new Error('the test itself is broken');
  while (!study.value.isOver) {
    for (const task of study.value.ask(10)) {
      const [outcome] = trials.try([task.point], stretches[task.segment] as Stretch);
      study.value.tell(task, outcome as TrialOutcome);
    }
  }
  return study.value;
}

interface Walked {
  readonly result: WalkForwardResult;
  readonly trialsOf: readonly (readonly Trial[])[];
}

function walked(over: BarColumns, kind: WalkForwardKind): Walked {
  const trials = new BarsTrials(problemOf(over));
  const windows = walkForwardWindows(trials.time.length, {
    kind,
    inSample: 500,
    outOfSample: 200,
  });
  const study = searched(
    trials,
    windows.map(({ inSample }) => inSample),
  );
  return {
    result: walkForward(trials, windows, (window) => study.bestOf(window)),
    trialsOf: windows.map((_, window) => study.trialsOf(window)),
  };
}

/** The bars with all from a row on changed to something else entirely. */
function changedFrom(row: number): BarColumns {
  const change = (column: Float64Array): Float64Array =>
    column.map((value, at) => (at < row ? value : value * (1 + 0.3 * Math.sin(at))));
  const [open, close] = [change(bars.open), change(bars.close)];
  const extreme = (column: Float64Array, of: (...values: number[]) => number): Float64Array =>
    column.map((value, at) =>
      at < row ? value : of(open[at] as number, close[at] as number, value),
    );
  return {
    ...bars,
    open,
    close,
    high: extreme(bars.high, Math.max),
    low: extreme(bars.low, Math.min),
  };
}

describe('a trial', () => {
  it('is what a backtest of the bars of its stretch gives', () => {
    const trials = new BarsTrials(problemOf(bars));
    const stretch = { from: 300, to: 900 };
    const own = barsBetween(bars, bars.closeTime[300] as number, bars.closeTime[899] as number);
    expect(own.length).toBe(600);
    const document = parseStrategy(crossing);
    if (!document.ok) throw new Error('the test itself is broken');
    const parameters = new Map([
      ['fast', 15],
      ['slow', 50],
    ]);
    const strategy = compileStrategy(document.value, { timeFrame: 'ONE_DAY', parameters });
    if (!strategy.ok) throw new Error('the test itself is broken');
    const market = barsMarketOf([{ exchange: 'A', symbol: 'A', bars: own, multiplier: 1 }]);
    const plain = barsStatisticsOf(runBars(strategy.value, market, defaultBarsOptions));
    expect(plain.totalTrades).toBeGreaterThan(3);
    const outcome = { kind: 'MEASURED', statistics: statisticsColumn(plain) };
    expect(trials.try([[2, 4]], stretch)).toEqual([outcome]);
  });

  it('knows nothing of the trials before it, though they wrote into the same memory', () => {
    // Ten times the money there is: some lose all of it, and their curves end early.
    const problem = problemOf(bars, crossing, { margin: 0.1, finalizeTrades: 'LAST_CLOSE' });
    const trials = new BarsTrials(problem);
    const points = [...pointsOf(trials.space)];
    const stretches = [
      { from: 0, to: bars.length },
      { from: 300, to: 900 },
      { from: 0, to: bars.length },
    ];
    const finals = stretches.flatMap((stretch) => {
      const together = trials.try(points, stretch);
      const alone = points.map((point) => new BarsTrials(problem).try([point], stretch)[0]);
      expect(together).toEqual(alone);
      return together.map((outcome) => 'statistics' in outcome && outcome.statistics[0]);
    });
    expect(finals).toContain(0);
    expect(new Set(finals).size).toBeGreaterThan(10);
  });

  it('says why parameters cannot be tried', () => {
    const text = `fast = 10 in 5..30 step 5
      slow = 30 in 10..60 step 10
      equity_per_trade 100%
      long entry when macd(close, fast, slow, 9) > 0 long exit when macd(close, fast, slow, 9) < 0`;
    const trials = new BarsTrials(problemOf(bars, text));
    const [outcome] = trials.try([[5, 0]], { from: 0, to: 100 });
    expect(outcome).toEqual({
      kind: 'REFUSED',
      reason: expect.stringMatching(/^macd: .*/) as string,
    });
  });
});

describe.each(['ROLLING', 'ANCHORED'] as const)('walking forward, %s', (kind) => {
  const { result, trialsOf } = walked(bars, kind);

  it('takes nothing of a later bar into an earlier window', () => {
    for (const [index, { window }] of result.windows.entries()) {
      // All that lies out of sample is another market: what was searched before it stays.
      const other = walked(changedFrom(window.outOfSample.from), kind);
      for (let before = 0; before <= index; before += 1) {
        expect(other.trialsOf[before]).toEqual(trialsOf[before]);
        expect(other.result.windows[before]?.best).toEqual(result.windows[before]?.best);
      }
      for (let before = 0; before < index; before += 1) {
        expect(other.result.windows[before]).toEqual(result.windows[before]);
      }
      const traded = window.outOfSample.from - 500;
      expect(other.result.equity.equity.subarray(0, traded)).toEqual(
        result.equity.equity.subarray(0, traded),
      );
    }
    // And the change is one that is felt.
    expect(walked(changedFrom(500), kind).trialsOf[2]).not.toEqual(trialsOf[2]);
  });

  it('stitches money that goes on from window to window', () => {
    const { equity } = result.equity;
    expect(equity).toHaveLength(bars.length - 500);
    let money = 10_000;
    for (const { window, outOfSample, best } of result.windows) {
      const [from, to] = [window.outOfSample.from - 500, window.outOfSample.to - 500];
      const made = outOfSample?.[statisticNames.indexOf('netPnl')] ?? NaN;
      // Everything held leaves at the end, so that the money made is that of closed trades.
      expect(equity[to - 1]).toBeCloseTo(money + made, 6);
      expect(best).not.toBeNull();
      expect(Math.abs((equity[from] as number) / money - 1)).toBeLessThan(0.15);
      money = equity[to - 1] as number;
    }
    expect(result.figures.roiPercent).toBeCloseTo((money / 10_000 - 1) * 100, 6);
  });

  it('has warm rules on the first bar out of sample, and holds nothing there', () => {
    const trials = new BarsTrials(problemOf(bars));
    const values = valuesAt(trials.space, [0, 0]);
    const run = trials.run(values, { from: 0, to: 700 }, {}, 500);
    if (!run.ok) throw new Error(run.failure);
    expect(run.value.orders.every(({ point }) => point >= 500)).toBe(true);
    expect(run.value.equity.subarray(0, 501).every((money) => money === 10_000)).toBe(true);
    // A run over these bars alone would wait for ten of them.
    const first = run.value.orders.find(({ point }) => point < 512);
    const cold = trials.run(values, { from: 500, to: 700 });
    if (!cold.ok) throw new Error(cold.failure);
    expect(first?.point ?? Infinity).toBeLessThan((cold.value.orders[0]?.point ?? 0) + 500);
  });

  it('compares annual growth out of sample with that in sample', () => {
    const growths = result.windows.map(({ best, outOfSample, efficiency }) => {
      if (best?.outcome.kind !== 'MEASURED' || outOfSample === null) throw new Error('it traded');
      const place = statisticNames.indexOf('cagrPercent');
      const [inside, outside] = [best.outcome.statistics[place], outOfSample[place]] as number[];
      expect(efficiency).toBe((inside ?? 0) > 0 ? (outside ?? NaN) / (inside ?? NaN) : null);
      return inside ?? NaN;
    });
    const mean = growths.reduce((sum, growth) => sum + growth, 0) / growths.length;
    expect(result.efficiency).toBeCloseTo((result.figures.cagrPercent ?? NaN) / mean, 10);
  });
});
