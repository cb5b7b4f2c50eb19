import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indicatorNames, makeIndicator } from './catalogue.ts';
import { ema } from './ema.ts';
import { rsi } from './rsi.ts';
import { sma } from './sma.ts';
import { indicatorSeries } from './streaming-indicator.ts';

// Closes and expected values of Tulip Indicators, tests/untest.txt (rounded there to 3 decimals).
const closes = Float64Array.of(
  ...[81.59, 81.06, 82.87, 83.0, 83.61, 83.15, 82.84, 83.99, 84.55, 84.36, 85.53],
  ...[86.54, 86.89, 87.77, 87.29],
);

function expectSeries(actual: Float64Array, unwarmed: number, expected: readonly number[]): void {
  expect([...actual.slice(0, unwarmed)].every(Number.isNaN)).toBe(true);
  expect(actual.length).toBe(unwarmed + expected.length);
  expected.forEach((value, index) => {
    // Three decimals of the reference and its own single precision.
    expect(Math.abs((actual[unwarmed + index] ?? NaN) - value)).toBeLessThan(6e-4);
  });
}

describe('the simple moving average', () => {
  it('agrees with the reference', () => {
    const expected = [82.426, 82.738, 83.094, 83.318, 83.628, 83.778, 84.254, 84.994];
    expectSeries(sma(closes, 5), 4, [...expected, 85.574, 86.218, 86.804]);
  });

  it('is the mean of its window at every bar, however long the series', () => {
    const price = fc.integer({ min: 1, max: 10_000_000 }).map((paise) => paise / 100);
    const series = fc.array(price, { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 40 }), (values, period) => {
        sma(Float64Array.from(values), period).forEach((average, index) => {
          const window = values.slice(Math.max(0, index + 1 - period), index + 1);
          const mean = window.reduce((sum, value) => sum + value, 0) / period;
          if (window.length < period) expect(average).toBeNaN();
          else expect(Math.abs(average - mean)).toBeLessThanOrEqual(1e-10 * mean);
        });
      }),
    );
  });
});

describe('the exponential moving average', () => {
  it('begins with the simple mean of its first values and then moves by 2 / (n + 1)', () => {
    // Seed (1 + 2 + 6) / 3 = 3; then 3 + (7 - 3) / 2 = 5; then 5 + (4 - 5) / 2 = 4.5.
    expect([...ema(Float64Array.of(1, 2, 6, 7, 4), 3)]).toEqual([NaN, NaN, 3, 5, 4.5]);
  });

  it('stays on a standing price to the last bit', () => {
    const standing = ema(new Float64Array(50).fill(95.05), 7);
    expect([...standing.slice(6)]).toEqual(Array.from({ length: 44 }, () => 95.05));
  });
});

describe('the relative strength index', () => {
  it('agrees with the reference', () => {
    const expected = [72.034, 64.927, 75.936, 79.796, 74.713, 83.033, 87.478];
    expectSeries(rsi(closes, 5), 5, [...expected, 88.755, 91.483, 78.498]);
  });

  it('is 100 while prices only rise, 0 while they only fall, and nothing while they stand', () => {
    expect([...rsi(Float64Array.of(1, 2, 3, 4), 2)]).toEqual([NaN, NaN, 100, 100]);
    expect([...rsi(Float64Array.of(4, 3, 2, 1), 2)]).toEqual([NaN, NaN, 0, 0]);
    expect([...rsi(Float64Array.of(5, 5, 5, 5), 2)]).toEqual([NaN, NaN, NaN, NaN]);
  });
});

describe.each(indicatorNames)('the streaming %s', (name) => {
  it('warms up afresh after a gap in its series', () => {
    const gapped = indicatorSeries(
      makeIndicator(name, 3),
      Float64Array.of(9, 1, 5, 7, NaN, ...closes),
    );
    const fresh = indicatorSeries(makeIndicator(name, 3), closes);
    expect(gapped[4]).toBeNaN();
    expect([...gapped.slice(5)]).toEqual([...fresh]);
  });

  it('refuses a period that is no whole number above zero', () => {
    for (const period of [0, -1, 1.5, NaN]) {
      expect(() => makeIndicator(name, period)).toThrow(`period is ${period}`);
    }
  });
});

describe('a series', () => {
  it('is the streaming indicator fed bar by bar', () => {
    const batch = { sma, ema, rsi };
    for (const name of indicatorNames) {
      const streaming = makeIndicator(name, 4);
      const bars = [...closes].map((close) => streaming.next(close));
      expect([...batch[name](closes, 4)]).toEqual(bars);
    }
  });
});
