import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { noCharges } from '../charges/accrued-charges.ts';
import { instantOf } from '../calendar/exchange-time.ts';
import type { EquityColumns } from '../portfolio/equity-curve.ts';
import { drawdownsOf, EquityCurve } from '../portfolio/equity-curve.ts';
import type { RunStatistics } from './run-statistics.ts';
import { dailyReturnsOf } from './returns.ts';
import { returnMomentsOf } from './return-moments.ts';
import { sharpeRatioOf } from './risk-ratios.ts';
import { runStatisticsOf } from './run-statistics.ts';
import type { Trade } from '../portfolio/trade.ts';

/** 2026-09-07, a Monday, at 10:00 in Kolkata. */
const monday = instantOf(20_703, 600);
const day = 86_400_000;

function columnsOf(points: readonly (readonly [number, number])[]): EquityColumns {
  return {
    length: points.length,
    time: Float64Array.from(points, ([time]) => time),
    equity: Float64Array.from(points, ([, equity]) => equity),
  };
}

/** A curve that earns `returns` on 100, one a day. */
function earning(returns: readonly number[]): EquityColumns {
  let equity = 100;
  return columnsOf(
    returns.map((value, index) => {
      equity *= 1 + value;
      return [monday + index * day, equity];
    }),
  );
}

function tradeWith(grossPnl: number, brokerage: number): Trade {
  return {
    direction: 'LONG',
    quantity: new Decimal(1),
    entryPrice: new Decimal(100),
    entryTime: monday,
    exitPrice: new Decimal(100 + grossPnl),
    exitTime: monday + 1,
    grossPnl: new Decimal(grossPnl),
    charges: { ...noCharges, brokerage: new Decimal(brokerage) },
    netPnl: new Decimal(grossPnl - brokerage),
  };
}

function statisticsOf(equity: EquityColumns, trades: readonly Trade[] = []): RunStatistics {
  return runStatisticsOf({
    initialCapital: new Decimal(100),
    trades,
    fills: [],
    charges: new Decimal(0),
    equity,
  });
}

describe('the equity curve', () => {
  it('moves with cash, charges and marks', () => {
    const curve = new EquityCurve(10_000, [1, 1]);
    curve.fill(0, 10, 100);
    curve.charge(1.5);
    curve.record(1);
    curve.mark(0, 103);
    curve.fill(1, -20, 50);
    curve.record(2);
    curve.mark(1, 49);
    curve.fill(0, -10, 104);
    curve.record(3);
    // 10000 - 1.5; then 10 * 3 more; then 10 * 4 in cash and 20 * 1 on the short.
    expect([...curve.columns().equity]).toEqual([9_998.5, 10_028.5, 10_058.5]);
    expect([...curve.columns().time]).toEqual([1, 2, 3]);
  });

  it('keeps one point for a time, the last, however many points it holds', () => {
    const curve = new EquityCurve(100, []);
    for (let time = 0; time < 2_000; time += 1) {
      curve.record(time);
      curve.charge(-1);
      curve.record(time);
    }
    const { length, equity } = curve.columns();
    expect(length).toBe(2_000);
    expect([equity[0], equity[1_999]]).toEqual([101, 2_100]);
  });

  it('measures each drawdown from the highest equity so far, the initial capital included', () => {
    const drawdowns = drawdownsOf(
      columnsOf([
        [1, 90],
        [2, 120],
        [3, 108],
        [4, 60],
        [5, 130],
      ]),
      100,
    );
    expect([...drawdowns].map((value) => Number(value.toFixed(12)))).toEqual([
      -0.1, 0, -0.1, -0.5, 0,
    ]);
  });
});

// Returns and expected values of empyrical-reloaded's own tests (tests/test_stats.py, Apache-2.0).
describe('the Sharpe ratio agrees with empyrical', () => {
  const mixed = [0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01, -0.1];

  it('on mixed returns: 1.72386140 and a deepest drawdown of 10 %', () => {
    const statistics = statisticsOf(earning(mixed));
    expect(statistics.sharpeRatio).toBeCloseTo(1.7238613961706866, 8);
    expect(statistics.maxDrawdownPercent).toBeCloseTo(-10, 8);
  });

  it('on positive returns: 52.91502622, and no drawdown', () => {
    const returns = [0.01, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01];
    expect(sharpeRatioOf(returnMomentsOf(returns))).toBeCloseTo(52.915026221291804, 8);
    expect(statisticsOf(earning(returns)).maxDrawdownPercent).toBe(0);
  });

  it.each([
    ['no return', []],
    ['one return', [0.01]],
    ['returns that do not vary', [0.01, 0.01, 0.01]],
    ['an equity that was lost altogether', [-1, Number.NaN]],
  ])('and does not exist on %s', (_, returns) => {
    expect(sharpeRatioOf(returnMomentsOf(returns))).toBeNull();
  });
});

describe('daily returns', () => {
  it('take the last equity of each exchange day, the first over the initial capital', () => {
    // Half past midnight on Tuesday in Kolkata is still Monday in UTC.
    const equity = columnsOf([
      [monday, 50],
      [instantOf(20_703, 929), 110],
      [instantOf(20_704, 30), 121],
    ]);
    expect(dailyReturnsOf(equity, 100).returns.map((value) => Number(value.toFixed(12)))).toEqual([
      0.1, 0.1,
    ]);
  });
});

describe('run statistics', () => {
  it('count a trade that its charges ate as lost', () => {
    const trades = [tradeWith(30, 2), tradeWith(1, 3), tradeWith(-10, 2), tradeWith(2, 2)];
    const statistics = runStatisticsOf({
      initialCapital: new Decimal(1_000),
      trades,
      fills: [],
      charges: new Decimal('9.41'),
      equity: columnsOf([[monday, 1_013.59]]),
    });
    expect(statistics).toMatchObject({
      totalTrades: 4,
      winningTrades: 1,
      losingTrades: 2,
      winRate: 0.25,
      profitFactor: 2,
      sharpeRatio: null,
    });
    expect(statistics.grossPnl.toFixed()).toBe('23');
    expect(statistics.netPnl.toFixed()).toBe('13.59');
    expect(statistics.finalEquity.toFixed()).toBe('1013.59');
    // 28 - 2 - 12 + 0 over 4 trades.
    expect(statistics.expectancy?.toFixed()).toBe('3.5');
    expect(statistics.roiPercent).toBeCloseTo(1.359, 10);
  });

  it('of a run in which nothing happened are null where there is nothing to measure', () => {
    expect(statisticsOf(columnsOf([]))).toMatchObject({
      totalTrades: 0,
      winRate: null,
      roiPercent: null,
      maxDrawdownPercent: null,
      sharpeRatio: null,
      profitFactor: null,
      expectancy: null,
      cagrPercent: null,
      volatilityPercent: null,
      sortinoRatio: null,
      calmarRatio: null,
      maxDrawdownSeconds: null,
      valueAtRiskPercent: null,
      expectedShortfallPercent: null,
      averageHoldingSeconds: null,
      systemQualityNumber: null,
      exposurePercent: null,
      turnover: null,
    });
  });
});
