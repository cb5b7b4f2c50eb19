import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../calendar/exchange-time.ts';
import { noCharges } from '../charges/accrued-charges.ts';
import type { EquityColumns } from '../portfolio/equity-curve.ts';
import type { Trade } from '../portfolio/trade.ts';
import { activityFillOf, activityOf } from './activity.ts';
import { attribute } from './attribution.ts';
import { benchmarkFiguresOf, benchmarkWith, correlationOf } from './benchmark.ts';
import { curveFiguresOf } from './curve-figures.ts';
import { deepestDrawdownOf } from './drawdown.ts';
import { returnMomentsOf } from './return-moments.ts';
import { dailyReturnsOf } from './returns.ts';
import { tailRiskOf } from './tail-risk.ts';
import { tradeFiguresOf } from './trade-figures.ts';

/** 2026-09-07, a Monday. */
const monday = 20_703;

/** One point a day at 15:30 in Kolkata. */
function daily(...equity: readonly number[]): EquityColumns {
  return {
    length: equity.length,
    time: Float64Array.from(equity, (_, index) => instantOf(monday + index, 930)),
    equity: Float64Array.from(equity),
  };
}

function closed(netPnl: number, minutes: number): Trade {
  return {
    direction: 'LONG',
    quantity: new Decimal(1),
    entryPrice: new Decimal(100),
    entryTime: 0,
    exitPrice: new Decimal(100 + netPnl),
    exitTime: minutes * 60_000,
    grossPnl: new Decimal(netPnl),
    charges: noCharges,
    netPnl: new Decimal(netPnl),
  };
}

describe('the deepest drawdown', () => {
  it('runs from the last high over the trough to the day on which the high is seen again', () => {
    const curve = daily(100, 120, 108, 90, 119, 120, 130, 125);
    expect(deepestDrawdownOf(curve, 100)).toEqual({
      depth: -0.25,
      peakAt: curve.time[1],
      troughAt: curve.time[3],
      recoveredAt: curve.time[5],
    });
    const figures = curveFiguresOf(curve, 100, dailyReturnsOf(curve, 100).returns);
    expect(figures.maxDrawdownSeconds).toBe(4 * 86_400);
  });

  it('is not made good while the curve stays below, and may begin at the initial capital', () => {
    const curve = daily(95, 80, 99);
    expect(deepestDrawdownOf(curve, 100)).toMatchObject({
      peakAt: null,
      troughAt: curve.time[1],
      recoveredAt: null,
    });
    // From the first point to the last.
    const figures = curveFiguresOf(curve, 100, dailyReturnsOf(curve, 100).returns);
    expect(figures.maxDrawdownSeconds).toBe(2 * 86_400);
    expect(figures.maxDrawdownPercent).toBeCloseTo(-20, 10);
  });

  it('of two drawdowns is the deeper, with the recovery of its own', () => {
    const curve = daily(100, 90, 100, 70, 100);
    expect(deepestDrawdownOf(curve, 100)).toMatchObject({
      peakAt: curve.time[2],
      troughAt: curve.time[3],
      recoveredAt: curve.time[4],
    });
  });

  it('does not exist on a curve that only rises', () => {
    expect(deepestDrawdownOf(daily(100, 100, 101), 100)).toBeNull();
  });
});

describe('daily returns', () => {
  it('are no gain when money is paid in, and no loss when it is paid out', () => {
    const flows: Record<string, number> = { '2026-09-08': 100, '2026-09-09': -50 };
    const { days, returns } = dailyReturnsOf(daily(110, 231, 181), 100, (day) => flows[day] ?? 0);
    expect(days).toEqual(['2026-09-07', '2026-09-08', '2026-09-09']);
    expect(returns.map((value) => Number(value.toFixed(12)))).toEqual([0.1, 0.1, 0]);
  });

  it('stop when everything is lost, and the growth is then minus 100 percent', () => {
    const curve = daily(50, 0, 0);
    const { returns } = dailyReturnsOf(curve, 100);
    expect(returns).toEqual([-0.5, -1, 0]);
    const figures = curveFiguresOf(curve, 100, returns);
    expect([figures.roiPercent, figures.cagrPercent]).toEqual([-100, -100]);
  });
});

describe('value at risk and expected shortfall', () => {
  it('of 41 returns from -20 to 20 percent are -18 and -19 percent', () => {
    // The quantile stands at (41 - 1) * 0.05 = 2 from below; the worst three are -20, -19, -18.
    const returns = Array.from({ length: 41 }, (_, index) => (index - 20) / 100).reverse();
    const { valueAtRisk, expectedShortfall } = tailRiskOf(returns, returnMomentsOf(returns));
    expect(valueAtRisk).toBeCloseTo(-0.18, 12);
    expect(expectedShortfall).toBeCloseTo(-0.19, 12);
  });

  it('interpolate between two days', () => {
    // (2 - 1) * 0.05 of the way from -0.1 to 0.1.
    const { valueAtRisk, expectedShortfall } = tailRiskOf(
      [0.1, -0.1],
      returnMomentsOf([0.1, -0.1]),
    );
    expect(valueAtRisk).toBeCloseTo(-0.09, 12);
    expect(expectedShortfall).toBeCloseTo(-0.1, 12);
    expect(tailRiskOf([], returnMomentsOf([]))).toEqual({
      valueAtRisk: null,
      expectedShortfall: null,
    });
  });
});

describe('over any returns', () => {
  const returnsOf = fc.array(fc.double({ min: -0.9, max: 2, noNaN: true }), {
    minLength: 1,
    maxLength: 300,
  });

  it('the tail is what sorting all of them says', () => {
    fc.assert(
      fc.property(returnsOf, (returns) => {
        const sorted = [...returns].sort((a, b) => a - b);
        const place = (sorted.length - 1) * 0.05;
        const [below = 0, above = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
        const worst = sorted.slice(0, Math.floor(place) + 1);
        const { valueAtRisk, expectedShortfall } = tailRiskOf(returns, returnMomentsOf(returns));
        expect(valueAtRisk).toBeCloseTo(below + (above - below) * (place % 1), 10);
        const mean = worst.reduce((sum, value) => sum + value, 0) / worst.length;
        expect(expectedShortfall).toBeCloseTo(mean, 10);
      }),
    );
  });

  it('has no tail where a return is no number', () => {
    const { valueAtRisk } = tailRiskOf([NaN, NaN], returnMomentsOf([NaN, NaN]));
    expect(valueAtRisk).toBeNaN();
  });

  it('the deepest drawdown is the lowest of all drawdowns', () => {
    fc.assert(
      fc.property(returnsOf, (returns) => {
        let equity = 100;
        const curve = daily(...returns.map((value) => (equity *= 1 + value)));
        let [highest, lowest] = [100, 0];
        for (const value of curve.equity) {
          highest = Math.max(highest, value);
          lowest = Math.min(lowest, value / highest - 1);
        }
        expect(deepestDrawdownOf(curve, 100)?.depth ?? 0).toBe(lowest);
        expect(returnMomentsOf(returns).maxDrawdown).toBeCloseTo(lowest, 10);
      }),
    );
  });
});

describe('against a benchmark', () => {
  it('twice its returns and a thousandth more a day have beta 2 and that alpha', () => {
    const benchmark = [0.01, -0.02, 0.03, 0];
    const returns = benchmark.map((value) => 2 * value + 0.001);
    const { alpha, beta, correlation } = benchmarkFiguresOf(
      returns,
      returnMomentsOf(returns),
      benchmarkWith(benchmark),
    );
    expect(beta).toBeCloseTo(2, 10);
    expect(alpha).toBeCloseTo(1.001 ** 252 - 1, 8);
    expect(correlation).toBeCloseTo(1, 10);
    expect(correlationOf(benchmark, [-1, 2, -3, 0])).toBeCloseTo(-1, 10);
  });

  it('there is no beta where the benchmark stands still, and none of one day', () => {
    expect(
      benchmarkFiguresOf([0.1, 0.2], returnMomentsOf([0.1, 0.2]), benchmarkWith([0.01, 0.01])),
    ).toEqual({
      alpha: null,
      alphaPercent: null,
      beta: null,
      correlation: null,
    });
    expect(benchmarkFiguresOf([0.1], returnMomentsOf([0.1]), benchmarkWith([0.2])).beta).toBeNull();
  });
});

describe('closed trades', () => {
  it('hold 30 minutes on average and have a quality number of their own', () => {
    const figures = tradeFiguresOf([closed(30, 10), closed(-10, 50), closed(10, 30)]);
    expect(figures.averageHoldingSeconds).toBe(1_800);
    expect([figures.averageWin?.toFixed(), figures.averageLoss?.toFixed()]).toEqual(['20', '-10']);
    // Mean 10, sample deviation 20, root of 3.
    expect(figures.systemQualityNumber).toBeCloseTo(Math.sqrt(3) / 2, 12);
  });
});

describe('activity', () => {
  it('counts the points at which something is held, and half the traded value', () => {
    const curve = daily(1_000, 1_000, 1_000, 1_000);
    const fill = (instrument: string, side: 'BUY' | 'SELL', day: number, units: number) =>
      activityFillOf({
        instrument,
        side,
        quantity: new Decimal(units),
        price: new Decimal(10),
        multiplier: new Decimal(1),
        time: instantOf(monday + day, 600),
      });
    const fills = [
      fill('A', 'BUY', 1, 50),
      fill('B', 'SELL', 1, 10),
      fill('A', 'SELL', 2, 50),
      fill('B', 'BUY', 3, 10),
    ];
    // Held at the end of days 1 and 2; 1,200 traded, half of it over 1,000.
    expect(activityOf(fills, curve)).toEqual({ exposurePercent: 50, turnover: 0.6 });
    expect(activityOf([], daily())).toEqual({ exposurePercent: null, turnover: null });
  });
});

describe('attribution', () => {
  it('sums by key, in the order of the keys', () => {
    const part = (day: string, gross: number, charges: string) => ({
      day,
      grossPnl: new Decimal(gross),
      charges: new Decimal(charges),
      trades: 1,
    });
    const months = attribute(
      [part('2026-09-08', 10, '0.5'), part('2026-08-31', -4, '0.1'), part('2026-09-01', 1, '0.25')],
      ({ day }) => day.slice(0, 7),
    );
    expect(months.map(({ key, netPnl, trades }) => [key, netPnl.toFixed(), trades])).toEqual([
      ['2026-08', '-4.1', 1],
      ['2026-09', '10.25', 2],
    ]);
  });

  it('always adds up to the whole', () => {
    const parts = fc.array(
      fc.record({
        key: fc.constantFrom('a', 'b', 'c'),
        paise: fc.integer({ min: -1e9, max: 1e9 }),
        charges: fc.integer({ min: 0, max: 1e6 }),
      }),
    );
    fc.assert(
      fc.property(parts, (drawn) => {
        const contributions = drawn.map(({ key, paise, charges }) => ({
          key,
          grossPnl: new Decimal(paise).dividedBy(100),
          charges: new Decimal(charges).dividedBy(100),
          trades: 1,
        }));
        const net = attribute(contributions, ({ key }) => key).reduce(
          (sum, { netPnl }) => sum.plus(netPnl),
          new Decimal(0),
        );
        const paise = drawn.reduce((sum, part) => sum + part.paise - part.charges, 0);
        expect(net.times(100).toNumber()).toBe(paise);
      }),
    );
  });
});
