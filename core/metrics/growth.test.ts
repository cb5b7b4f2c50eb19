import { describe, expect, it } from 'vitest';
import { exposurePercentOf } from './exposure.ts';
import { growthCurveOf } from './growth.ts';

const curve = (...equity: readonly number[]) => ({
  length: equity.length,
  time: Float64Array.from(equity, (_, index) => index),
  equity: Float64Array.from(equity),
});

describe('growth without money paid in and out', () => {
  it('takes no deposit for a gain and no withdrawal for a drawdown', () => {
    // 100 become 110; 110 are paid in and become 242 (10 % on 220); half is taken out and 5 % lost.
    const grown = growthCurveOf(curve(110, 242, 114.95), 100, [0, 110, -121]);
    expect([...grown.equity].map((value) => value.toFixed(4))).toEqual([
      '110.0000',
      '121.0000',
      '114.9500',
    ]);
  });

  it('stands still where there is nothing to grow from', () => {
    expect([...growthCurveOf(curve(0, 50, 55), 100, [0, 0, 0]).equity]).toEqual([0, 0, 0]);
  });
});

describe('exposure', () => {
  const hours = [
    { open: 0, close: 100 },
    { open: 200, close: 300 },
  ];
  const change = (time: number, units: number, instrument = 'A') => ({ time, units, instrument });

  it('is the share of open hours in which something was held', () => {
    // Held from 50 on, over the night, to 225; and another from 280 to the end: 50 + 25 + 20 of 200.
    const changes = [change(50, 10), change(225, -10), change(280, -5, 'B')];
    expect(exposurePercentOf(changes, hours)).toBe(47.5);
  });

  it('counts what was bought before and what overlaps once', () => {
    const changes = [change(-10, 1), change(10, 1, 'B'), change(20, -1), change(250, -1, 'B')];
    expect(exposurePercentOf(changes, hours)).toBe(75);
  });

  it('does not exist without an hour', () => {
    expect(exposurePercentOf([change(1, 1)], [])).toBeNull();
  });
});
