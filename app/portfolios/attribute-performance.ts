import { attribute, type Attributed } from '@nandax/core/metrics/attribution.ts';
import {
  benchmarkFiguresOf,
  benchmarkWith,
  correlationOf,
  type BenchmarkFigures,
} from '@nandax/core/metrics/benchmark.ts';
import { returnMomentsOf } from '@nandax/core/metrics/return-moments.ts';
import { aggregateReturns } from '@nandax/core/metrics/returns.ts';
import type { ResultPart } from '@nandax/core/portfolio/result-parts.ts';
import { Decimal } from 'decimal.js';
import type { DailyCloses } from '../ports/store.ts';
import type { Performance } from './performance-of.ts';

/** What a result is told apart by. */
export type AttributionDimension = 'DAY' | 'MONTH' | 'STRATEGY' | 'AGENT' | 'INSTRUMENT';

/** A part of a performance. */
export interface Attribution extends Omit<Attributed, 'key'> {
  readonly by: AttributionDimension;
  /** Day `YYYY-MM-DD`, month `YYYY-MM` or the id of what it is; null: traded by hand. */
  readonly key: string | null;
  /** Growth in percent, money paid in and out taken off; null where the key is no stretch of time. */
  readonly returnPercent: number | null;
  /**
   * Net gain over the equity before the range, in percent: what it added to the whole. What a strategy,
   * an agent or an instrument made of money of its own is not known, since they share it. Null where
   * there was no equity.
   */
  readonly contributionPercent: number | null;
}

/** How the daily results of two keys went together. */
export interface Correlation {
  readonly between: AttributionDimension;
  readonly first: string | null;
  readonly second: string | null;
  /** Pearson's, -1 to 1; null below two days or where either does not vary. */
  readonly correlation: number | null;
}

/** The parts of a performance by one dimension, in the order of their keys; they sum to the whole. */
export function attributionOf(
  performance: Performance,
  by: AttributionDimension,
): readonly Attribution[] {
  const returns = returnsBy(performance, by);
  const sums = new Map(
    attribute(performance.parts, keyIn(performance, by)).map(({ key, ...sum }) => [key, sum]),
  );
  // A day on which nothing happened has its growth, of nothing.
  const keys = new Set([...returns.keys(), ...sums.keys()]);
  const { initialEquity } = performance;
  return [...keys].sort().map((key) => {
    const sum = sums.get(key) ?? nothing;
    return {
      ...sum,
      by,
      key: key === '' ? null : key,
      returnPercent: percentOf(returns.get(key)),
      contributionPercent: initialEquity.greaterThan(0)
        ? sum.netPnl.dividedBy(initialEquity).times(100).toNumber()
        : null,
    };
  });
}

const zero = new Decimal(0);
const nothing = { grossPnl: zero, charges: zero, netPnl: zero, trades: 0 };

/** The correlation of the daily results of every two keys, each pair once. */
export function correlationsOf(
  performance: Performance,
  between: AttributionDimension,
): readonly Correlation[] {
  const { parts, daily } = performance;
  const keyOf = keyIn(performance, between);
  const keys = [...new Set(parts.map(keyOf))].sort();
  const results = keys.map((key) => {
    const own = attribute(
      parts.filter((part) => keyOf(part) === key),
      ({ day }) => day,
    );
    const byDay = new Map(own.map((sum) => [sum.key, sum.netPnl.toNumber()]));
    return daily.days.map((day) => byDay.get(day) ?? 0);
  });
  return keys.flatMap((first, row) =>
    keys.slice(row + 1).map((second, further) => ({
      between,
      first: first === '' ? null : first,
      second: second === '' ? null : second,
      correlation: correlationOf(results[row] ?? [], results[row + 1 + further] ?? []),
    })),
  );
}

/**
 * Alpha, beta and correlation against the closes of an instrument, over the days whose return both
 * have. A day without a close keeps the one before, as the market was open and it did not move.
 */
export function benchmarkOf({ daily }: Performance, closes: DailyCloses): BenchmarkFigures {
  const own: number[] = [];
  const other: number[] = [];
  let next = 0;
  let previous: number | null = null;
  for (const [index, day] of daily.days.entries()) {
    let close: number | null = previous;
    for (; next < closes.days.length && (closes.days[next] ?? '') <= day; next += 1) {
      // Whatever came before the first day is its close of the day before.
      if (closes.days[next] !== day) previous = closes.closes[next] ?? null;
      close = closes.closes[next] ?? null;
    }
    if (previous !== null && close !== null) {
      own.push(daily.returns[index] ?? 0);
      other.push(close / previous - 1);
    }
    previous = close;
  }
  return benchmarkFiguresOf(own, returnMomentsOf(own), benchmarkWith(other));
}

function keyIn({ owners }: Performance, by: AttributionDimension): (part: ResultPart) => string {
  switch (by) {
    case 'DAY':
      return ({ day }) => day;
    case 'MONTH':
      return ({ day }) => day.slice(0, 7);
    case 'STRATEGY':
      return ({ owner }) => owners.get(owner)?.strategyId ?? '';
    case 'AGENT':
      return ({ owner }) => owners.get(owner)?.agentId ?? '';
    case 'INSTRUMENT':
      return ({ instrument }) => instrument;
  }
}

function returnsBy({ daily }: Performance, by: AttributionDimension): ReadonlyMap<string, number> {
  if (by !== 'DAY' && by !== 'MONTH') return new Map();
  const letters = by === 'DAY' ? 10 : 7;
  return aggregateReturns(daily.returns, (index) => (daily.days[index] ?? '').slice(0, letters));
}

function percentOf(fraction: number | undefined): number | null {
  return fraction === undefined || !Number.isFinite(fraction) ? null : fraction * 100;
}
