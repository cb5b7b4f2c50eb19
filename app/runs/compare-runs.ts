import { correlationOf } from '@nandax/core/metrics/benchmark.ts';
import { dailyReturnsOf } from '@nandax/core/metrics/returns.ts';
import type { EquityColumns } from '@nandax/core/portfolio/equity-curve.ts';

/** Runs that are compared at a time. */
export const mostComparedRuns = 8;

/** A run with its equity; null: it has none yet. */
export interface ComparableRun {
  readonly id: string;
  /** Rupees. */
  readonly initialCapital: number;
  readonly equity: EquityColumns | null;
}

/** How the daily returns of two runs went together. */
export interface RunCorrelation {
  readonly firstId: string;
  readonly secondId: string;
  /** Exchange days that both have. */
  readonly days: number;
  /** Pearson's, -1 to 1; null: under two such days, or one of them does not vary on them. */
  readonly correlation: number | null;
}

/** Each pair of runs, in the order of the runs, by the returns of the days that both have. */
export function correlationsOfRuns(runs: readonly ComparableRun[]): readonly RunCorrelation[] {
  const daily = runs.map(({ equity, initialCapital }) => {
    if (equity === null) return new Map<string, number>();
    const { days, returns } = dailyReturnsOf(equity, initialCapital);
    return new Map(days.map((day, index) => [day, returns[index] ?? 0]));
  });
  return runs.flatMap((first, row) =>
    runs.slice(row + 1).map((second, further) => {
      const [own, other] = [daily[row], daily[row + 1 + further]];
      const days = [...(own?.keys() ?? [])].filter((day) => other?.has(day));
      const of = (returns: ReadonlyMap<string, number> | undefined) =>
        days.map((day) => returns?.get(day) ?? 0);
      return {
        firstId: first.id,
        secondId: second.id,
        days: days.length,
        correlation: correlationOf(of(own), of(other)),
      };
    }),
  );
}
