import { Arg, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Decimal as DecimalNumber } from 'decimal.js';
import {
  benchmarkFiguresOf,
  benchmarkWith,
  type BenchmarkFigures,
} from '@nandax/core/metrics/benchmark.ts';
import { returnMomentsOf } from '@nandax/core/metrics/return-moments.ts';
import { dailyReturnsOf, totalReturnOf } from '@nandax/core/metrics/returns.ts';
import type { EquityColumns } from '@nandax/core/portfolio/equity-curve.ts';
import type { RunReport } from '@nandax/app/runs/run-report.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { Decimal } from '../../scalars/scalars.ts';
import { equityPointsOf, maxPointsArgument } from '../portfolio/equity-points.ts';
import { EquityPoint } from '../portfolio/portfolio.ts';

interface Against extends Pick<BenchmarkFigures, 'alphaPercent' | 'beta' | 'correlation'> {
  readonly returnPercent: number | null;
  readonly columns: EquityColumns;
  readonly initialCapital: DecimalNumber;
}

/** A run against its capital in its instruments; null: that was not kept. */
export function againstBenchmark(
  { equity, benchmark }: RunReport,
  initialCapital: DecimalNumber,
): Against | null {
  if (benchmark === null) return null;
  const columns = { ...equity, equity: benchmark };
  const [own = [], other = []] = [equity, columns].map(
    (curve) => dailyReturnsOf(curve, initialCapital.toNumber()).returns,
  );
  const total = totalReturnOf(other);
  return {
    ...benchmarkFiguresOf(own, returnMomentsOf(own), benchmarkWith(other)),
    returnPercent: total === null ? null : total * 100,
    columns,
    initialCapital,
  };
}

@ObjectType({
  description:
    'A run against equal parts of its instruments, bought at their first close and held, without charges.',
})
export class RunBenchmark implements Partial<Against> {
  @Visible(WITH_PARENT, () => Decimal, 'What holding them made, in percent; null: no day yet.', {
    nullable: true,
  })
  returnPercent!: number | null;

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Return a year that holding them does not explain, in percent; null: as beta.',
    { nullable: true },
  )
  alphaPercent!: number | null;

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Return for each unit of theirs; null: under two days, or they do not vary.',
    { nullable: true },
  )
  beta!: number | null;

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Pearson’s, -1 to 1; null: under two days, or one of them does not vary.',
    { nullable: true },
  )
  correlation!: number | null;
}

@Resolver(() => RunBenchmark)
export class RunBenchmarkFields {
  @Derived(
    WITH_PARENT,
    () => [EquityPoint],
    'What the capital would be worth in them, at the times of the run’s own curve.',
  )
  curve(
    @Root() { columns, initialCapital }: Against,
    @Arg('maxPoints', () => Int, maxPointsArgument) maxPoints: number,
  ) {
    return equityPointsOf(columns, initialCapital, maxPoints);
  }
}
