import { growthCurveOf } from '@nandax/core/metrics/growth.ts';
import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { pointsOfPerformance } from './equity-points.ts';

test('money paid in is no gain and money paid out no drawdown', () => {
  // 1,00,000 on the first day; 50,000 are paid in and 10,000 earned; then 80,000 are paid out and 1,000
  // of the 80,000 that stay are lost: 1.25 %, where the equity alone fell by half.
  const equity = {
    length: 3,
    time: Float64Array.from([1, 2, 3]),
    equity: Float64Array.from([100_000, 160_000, 79_000]),
  };
  const growth = growthCurveOf(equity, 100_000, [0, 50_000, -80_000]);
  const points = pointsOfPerformance({ equity, growth, initialEquity: new Decimal(100_000) }, 500);
  expect(points.map((point) => [point.equity, point.drawdownPercent])).toEqual([
    [100_000, 0],
    [160_000, 0],
    [79_000, -1.25],
  ]);
});
