import { describe, expect, it } from 'vitest';
import { barsStatisticsOf } from '../backtest/bars/bars-statistics.ts';
import { runBars } from '../backtest/bars/run-bars.ts';
import type { BarRow } from '../backtest/bars/testing.ts';
import { seededRandom } from '../random/seeded-random.ts';
import { biasFindingsOf, type BiasCheck, type BiasVerdict } from './bias-findings.ts';
import { examineRun, examineTrades } from './examine-run.ts';
import { PermutableMarket } from './permute-bars.ts';
import { aheadBy, closesOf, examined, randomWalk, reading, strategyOf } from './testing.ts';
import { testPermutations } from './test-permutations.ts';
import { aimOver, type ExaminedRun } from './trial.ts';

const crossing = `fast = 3 in 2..6 step 1
  slow = 10 in 6..20 step 2
  equity_per_trade 50%
  long entry when sma(close, fast) crosses_above sma(close, slow)
  long exit when sma(close, fast) crosses_below sma(close, slow)
  short entry when sma(close, fast) crosses_below sma(close, slow)
  short exit when sma(close, fast) crosses_above sma(close, slow)`;

const walk = examined(crossing, [randomWalk(11, 400)], { seed: 5 });

function ran(run: ExaminedRun) {
  return runBars(strategyOf(run), run.market, run.options);
}

function sensitivityOf(run: ExaminedRun): string {
  return biasFindingsOf(examineRun(run)).find(({ check }) => check === 'SENSITIVITY')?.text ?? '';
}

function verdictsOf(run: ExaminedRun): Record<BiasCheck, BiasVerdict> {
  const findings = biasFindingsOf(examineRun(run));
  return Object.fromEntries(findings.map(({ check, verdict }) => [check, verdict])) as Record<
    BiasCheck,
    BiasVerdict
  >;
}

/** Sharpe ratio of daily returns, computed the long way. */
function sharpeOf(equity: readonly number[], start: number): number {
  const returns = equity.map(
    (value, day) => value / (day === 0 ? start : (equity[day - 1] ?? NaN)) - 1,
  );
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const variance =
    returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (returns.length - 1);
  return (mean / Math.sqrt(variance)) * Math.sqrt(252);
}

/** A percentile in a straight line between sorted values. */
function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return low + (high - low) * (place - Math.floor(place));
}

describe('the parts of a bias report', () => {
  const report = examineRun(walk);
  const result = ran(walk);
  const equity = Array.from(result.equity);

  it('compare both parts of the run as if each were a run', () => {
    const { inSample, outOfSample, ratio } = report.samples ?? {};
    const before = equity[279] ?? NaN;
    expect([inSample?.bars, outOfSample?.bars]).toEqual([280, 120]);
    expect(inSample?.roiPercent).toBeCloseTo((before / 10_000 - 1) * 100, 8);
    expect(outOfSample?.roiPercent).toBeCloseTo(((equity[399] ?? NaN) / before - 1) * 100, 8);
    const [one, two] = [
      sharpeOf(equity.slice(0, 280), 10_000),
      sharpeOf(equity.slice(280), before),
    ];
    expect(inSample?.aim).toBeCloseTo(one, 8);
    expect(outOfSample?.aim).toBeCloseTo(two, 8);
    expect(ratio ?? null).toEqual(one > 0 ? expect.closeTo(two / one, 8) : null);
    const exits = Array.from(result.trades.exitBar);
    expect(inSample?.trades).toBe(exits.filter((bar) => bar < 280).length);
    expect(outOfSample?.trades).toBe(exits.filter((bar) => bar >= 280).length);
    expect(outOfSample?.winRate).toBeCloseTo(
      exits.filter((bar, row) => bar >= 280 && (result.trades.pnl[row] ?? 0) > 0).length /
        exits.filter((bar) => bar >= 280).length,
      12,
    );
    let [highest, deepest] = [before, 0];
    for (const value of equity.slice(280)) {
      highest = Math.max(highest, value);
      deepest = Math.min(deepest, value / highest - 1);
    }
    expect(outOfSample?.maxDrawdownPercent).toBeCloseTo(deepest * 100, 8);
  });

  it('put the trades into other orders', () => {
    const pnl = Array.from(result.trades.pnl);
    const test = report.tradeOrder;
    const factors: number[] = [];
    pnl.reduce((money, gain) => {
      factors.push((money + gain) / money);
      return money + gain;
    }, 10_000);
    const end = (list: readonly number[]) => list.reduce((money, factor) => money * factor, 10_000);
    const fall = (list: readonly number[]) => {
      const course = list.map((_, index) => end(list.slice(0, index + 1)));
      const falls = course.map(
        (money, index) => money / Math.max(10_000, ...course.slice(0, index + 1)) - 1,
      );
      return Math.min(0, ...falls) * 100;
    };
    expect(test?.trades).toBe(pnl.length);
    expect(test?.finalEquity).toBeCloseTo(10_000 + pnl.reduce((sum, gain) => sum + gain, 0), 6);
    expect(test?.maxDrawdownPercent).toBeCloseTo(fall(factors), 8);
    // The same draws by lists.
    const random = seededRandom(5, 1);
    const shuffled = [...factors];
    const [falls, ends, drawnFalls]: [number[], number[], number[]] = [[], [], []];
    for (let draw = 0; draw < (test?.draws ?? 0); draw += 1) {
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = random.below(last + 1);
        const kept = shuffled[last] ?? NaN;
        shuffled[last] = shuffled[other] ?? NaN;
        shuffled[other] = kept;
      }
      const drawn = factors.map(() => factors[random.below(factors.length)] ?? NaN);
      falls.push(fall(shuffled));
      ends.push(end(drawn));
      drawnFalls.push(fall(drawn));
    }
    expect(test?.draws).toBe(1000);
    for (const [found, values] of [
      [test?.shuffledMaxDrawdownPercent, falls],
      [test?.drawnFinalEquity, ends],
      [test?.drawnMaxDrawdownPercent, drawnFalls],
    ] as const) {
      expect(found?.p5).toBeCloseTo(percentile(values, 0.05), 6);
      expect(found?.p25).toBeCloseTo(percentile(values, 0.25), 6);
      expect(found?.p50).toBeCloseTo(percentile(values, 0.5), 6);
      expect(found?.p75).toBeCloseTo(percentile(values, 0.75), 6);
      expect(found?.p95).toBeCloseTo(percentile(values, 0.95), 6);
    }
    expect(test?.lossProbability).toBe(ends.filter((money) => money < 10_000).length / 1000);
  });

  it('count the orders of the moves on which the aim is as high', () => {
    const test = report.permutation;
    const permutable = PermutableMarket.of(walk.market);
    const random = seededRandom(5, 2);
    const aims = Array.from({ length: test?.permutations ?? 0 }, () => {
      const market = permutable?.permuted(random) ?? walk.market;
      return sharpeOf(Array.from(runBars(strategyOf(walk), market, walk.options).equity), 10_000);
    });
    expect(aims).toHaveLength(200);
    const own = sharpeOf(equity, 10_000);
    expect(report.value).toBeCloseTo(own, 8);
    expect(test?.pValue).toBe((aims.filter((aim) => aim >= own).length + 1) / 201);
    expect(test?.aims.p95).toBeCloseTo(percentile(aims, 0.95), 8);
  });

  it('move each parameter by its steps, within its range', () => {
    expect(report.sensitivity.map(({ name, value }) => [name, value])).toEqual([
      ['fast', 3],
      ['slow', 10],
    ]);
    const [fast, slow] = report.sensitivity;
    expect(fast?.neighbours.map(({ value }) => value)).toEqual([2, 4, 5]);
    expect(slow?.neighbours.map(({ value }) => value)).toEqual([6, 8, 12, 14]);
    const direct = slow?.neighbours.map(({ value }) => {
      const text = crossing.replace('slow = 10', `slow = ${value}`);
      return barsStatisticsOf(ran(examined(text, [randomWalk(11, 400)]))).sharpeRatio;
    });
    expect(slow?.neighbours.map(({ aim }) => aim)).toEqual(direct);
    expect(slow?.worstAim).toBe(Math.min(...(direct ?? []).map((aim) => aim ?? 0)));
  });

  it('are the same to the byte for a seed, and others for another one', () => {
    const again = JSON.stringify(examineRun({ ...walk }));
    expect(JSON.stringify(report)).toBe(again);
    expect(JSON.stringify(examineRun({ ...walk, seed: 6 }))).not.toBe(again);
  });
});

describe('a bias report', () => {
  it('finds a strategy that cheats, however good it looks', () => {
    const rows = randomWalk(21, 400);
    const text = `equity_per_trade 90%
      long entry when close > close[1] * 1.005 long exit when close < close[1] * 0.995`;
    const cheat = reading(examined(text, [rows]), aheadBy(1));
    expect(examineRun(cheat).value).toBeGreaterThan(3);
    expect(verdictsOf(cheat)).toMatchObject({ LOOK_AHEAD: 'FAILED' });
    expect(verdictsOf(examined(text, [rows])).LOOK_AHEAD).toBe('SOUND');
  });

  it('sees nothing but luck in most random walks, and p values spread evenly', () => {
    const values = Array.from({ length: 40 }, (_, seed) => {
      const run = examined(crossing, [randomWalk(100 + seed, 250)], { seed });
      const strategy = strategyOf(run);
      const value = aimOver(run, strategy, run.market);
      return testPermutations(run, strategy, value)?.pValue ?? NaN;
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    // The mean of 40 even values lies within three deviations of a half.
    expect(Math.abs(mean - 0.5)).toBeLessThan((3 * Math.sqrt(1 / 12)) / Math.sqrt(40));
    // Of 40 with a chance of a twentieth each, seven or more come once in three hundred times.
    expect(values.filter((value) => value <= 0.05).length).toBeLessThan(7);
  });

  it('sees what is really there', () => {
    // Moves that go on as they went: the sign of a day is that of the day before, four times in five.
    const random = seededRandom(8);
    let [price, sign] = [100, 1];
    const rows = Array.from({ length: 400 }, () => {
      if (random.next() < 0.2) sign = -sign;
      const open = price;
      price *= 1 + sign * 0.01 * (0.5 + random.next());
      return [open, Math.max(open, price), Math.min(open, price), price] as const;
    });
    const text = `equity_per_trade 90% long entry when close > close[1] long exit when close < close[1]
      short entry when close < close[1] short exit when close > close[1]`;
    const run = examined(text, [rows]);
    expect(examineRun(run).permutation?.pValue).toBeLessThan(0.01);
    expect(verdictsOf(run)).toEqual({
      LOOK_AHEAD: 'SOUND',
      OUT_OF_SAMPLE: 'SOUND',
      TRADE_ORDER: 'SOUND',
      PERMUTATION: 'SOUND',
      SENSITIVITY: 'UNKNOWN',
    });
  });

  it('finds a result that hangs on one value', () => {
    // Buys on the one close at which a rise of a tenth begins, which only one value of the parameter hits.
    const rows = Array.from({ length: 100 }, (_, day) => {
      const cycle = day % 10;
      const price = 100 + cycle + (cycle >= 5 ? (cycle - 5) * 4 : 0) - (cycle > 7 ? 30 : 0);
      return [price, price, price, price] as const;
    });
    const text = `level = 104
      equity_per_trade 90% long entry when close == level or close == 100
      long exit when bars_held >= 1`;
    const run = examined(text, [rows], { aim: 'roiPercent' });
    const [level] = examineRun(run).sensitivity;
    expect(level?.neighbours.map(({ value }) => value)).toEqual([84, 94, 114, 124]);
    expect(level?.fallPercent).toBeGreaterThan(70);
    expect(verdictsOf(run).SENSITIVITY).toBe('FAILED');

    const bare = examined(text.replace(' or close == 100', ''), [rows], { aim: 'roiPercent' });
    expect(examineRun(bare).sensitivity[0]).toMatchObject({
      neighbours: [],
      untraded: [84, 94, 114, 124],
      fallPercent: null,
    });
    expect(verdictsOf(bare).SENSITIVITY).toBe('DOUBTFUL');
    expect(sensitivityOf(bare)).toBe(
      'Beside the values of the parameters nothing is traded, so nothing can be compared. No trades there: level at 84, 94, 114, 124.',
    );
  });

  it('takes a value at which nothing is traded for no fall to zero', () => {
    // Above 115 nothing closes, and below it what is bought gains.
    const rows = Array.from({ length: 200 }, (_, bar): BarRow => {
      const price = 100 + (bar % 16);
      return [price, price, price, price];
    });
    const text = `level = 110 in 100..125 step 5 equity_per_trade 90%
      long entry when close == level long exit when bars_held >= 1`;
    const run = examined(text, [rows], { aim: 'roiPercent' });
    const [level] = examineRun(run).sensitivity;
    expect(level?.untraded).toEqual([120]);
    expect(level?.neighbours.map(({ value }) => value)).toEqual([100, 105, 115]);
    expect(level?.fallPercent).toBeLessThan(100);
    expect(sensitivityOf(run)).toMatch(/ No trades there: level at 120\.$/);
  });

  it('leaves out what cannot be judged', () => {
    const never = examined(
      'quantity_per_trade 1 long entry when close < 0 long exit when close > 0',
      [randomWalk(1, 30)],
    );
    const report = examineRun(never);
    expect(report).toMatchObject({
      value: null,
      samples: null,
      tradeOrder: null,
      permutation: null,
      sensitivity: [],
    });
    expect(Object.values(verdictsOf(never)).every((verdict) => verdict === 'UNKNOWN')).toBe(true);
    expect(biasFindingsOf(report).map(({ gap }) => gap)).toEqual([
      ...['NO_DECISIONS', 'FEW_BARS', 'FEW_TRADES', 'NOT_PERMUTABLE', 'NO_PARAMETERS'],
    ]);
    expect(examineRun(examined(crossing, [[]])).lookAhead?.cuts).toBe(0);
  });

  it('says of trades whose rules cannot be played again what their order says, and why not more', () => {
    const pnl = [30, -10, 20, -5, 40];
    const trades = { cash: 1000, pnl };
    const report = examineTrades(trades, 'NO_CANDLES', { aim: 'sharpeRatio', seed: 1 });
    expect(report).toMatchObject({ value: null, lookAhead: null, samples: null, sensitivity: [] });
    expect(report.tradeOrder).toMatchObject({ trades: 5, draws: 1000 });
    expect(report.tradeOrder?.finalEquity).toBeCloseTo(1075, 9);
    // From 1030 to 1020, as deep as it fell.
    expect(report.tradeOrder?.maxDrawdownPercent).toBeCloseTo((-10 / 1030) * 100, 9);
    expect(biasFindingsOf(report).map(({ check, gap }) => [check, gap])).toEqual([
      ['LOOK_AHEAD', 'NO_CANDLES'],
      ['OUT_OF_SAMPLE', 'NO_CANDLES'],
      ['TRADE_ORDER', null],
      ['PERMUTATION', 'NO_CANDLES'],
      ['SENSITIVITY', 'NO_CANDLES'],
    ]);
  });

  it('judges the trades that were made, where they are not those of its bars', () => {
    const trades = { cash: walk.options.cash, pnl: [-10, -20, -30] };
    const own = examineRun(walk, undefined, trades);
    expect(own.tradeOrder).toEqual(
      examineTrades(trades, 'NO_CANDLES', { aim: walk.aim, seed: walk.seed }).tradeOrder,
    );
    expect(own.tradeOrder?.lossProbability).toBe(1);
    expect({ ...own, tradeOrder: null }).toEqual({ ...examineRun(walk), tradeOrder: null });
  });

  it('says everything in sentences with numbers that exist', () => {
    for (const run of [walk, examined(crossing, [randomWalk(3, 60)]), examined(crossing, [[]])]) {
      for (const { text } of biasFindingsOf(examineRun(run))) {
        expect(text).toMatch(/^[A-Z].*\.$/);
        expect(text).not.toMatch(/NaN|undefined|Infinity|null|-0 /);
      }
    }
  });

  it('reads what it runs on but never changes it', () => {
    const before = closesOf(walk.market);
    examineRun(walk);
    expect(closesOf(walk.market)).toEqual(before);
  });
});
