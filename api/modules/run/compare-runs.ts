import { Arg, Ctx, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import {
  correlationsOfRuns,
  mostComparedRuns,
  type RunCorrelation as Correlated,
} from '@nandax/app/runs/compare-runs.ts';
import { invalidInput, notFound } from '@nandax/app/failures.ts';
import type { RunView } from '@nandax/app/views/strategy.ts';
import { Access, Derived, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Count, DateTime, Decimal } from '../../scalars/scalars.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { equityPointsOf, maxPointsArgument } from '../portfolio/equity-points.ts';
import { reportOfRun } from './report-of-run.ts';
import { Run } from './run.ts';

interface Comparison {
  readonly runs: readonly RunView[];
}

@ObjectType({ description: 'A point of a curve of growth.' })
class GrowthPoint {
  @Visible(WITH_PARENT, () => DateTime, 'Market time.')
  time!: Date;

  @Visible(WITH_PARENT, () => Decimal, 'Growth since the beginning, in percent.')
  growthPercent!: number;
}

@ObjectType({ description: 'A run among others.' })
class ComparedRun {}

@ObjectType({ description: 'How the daily returns of two runs went together.' })
class RunCorrelation implements Partial<Correlated> {
  @Visible(WITH_PARENT, () => Count, 'Exchange days that both have.')
  days!: number;

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Pearson’s, -1 to 1; null: under two such days, or one of them does not vary.',
    { nullable: true },
  )
  correlation!: number | null;
}

@ObjectType({ description: 'Runs of any kinds side by side.' })
class RunComparison {}

const CompareRunsResult = resultUnion(
  'CompareRunsResult',
  'The runs side by side, or why they are not.',
  () => RunComparison,
  [InvalidInput, NotFound],
);

@Resolver()
export class CompareRunsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => CompareRunsResult, {
    description: `Sets 2 to ${mostComparedRuns} runs of any kinds side by side: backtests, paper and live.`,
  })
  async compareRuns(
    @Ctx() context: Context,
    @Arg('ids', () => [ID], { description: 'Which ones, each once.' }) ids: string[],
  ) {
    if (ids.length < 2 || ids.length > mostComparedRuns || new Set(ids).size < ids.length) {
      const message = `Name 2 to ${mostComparedRuns} runs, each once.`;
      return contractFailure(invalidInput('ids', message));
    }
    const runs = await Promise.all(ids.map((id) => findOwnOf(context, 'Run', id)));
    const missing = runs.indexOf(null);
    if (missing !== -1) {
      return contractFailure(notFound('Run', localIdOf('Run', ids[missing] ?? '')));
    }
    return { __typename: 'RunComparison', runs };
  }
}

@Resolver(() => RunComparison)
export class RunComparisonFields {
  @Derived(WITH_PARENT, () => [ComparedRun], 'The runs, in the order they were named.')
  runs(@Root() { runs }: Comparison): readonly RunView[] {
    return runs;
  }

  @Derived(WITH_PARENT, () => [RunCorrelation], 'Each pair of them, by what they made each day.')
  async correlations(@Root() { runs }: Comparison, @Ctx() context: Context) {
    const comparable = runs.map(async (run) => ({
      id: run.id,
      initialCapital: run.initialCapital.toNumber(),
      equity: (await reportOfRun(run, context))?.equity ?? null,
    }));
    return correlationsOfRuns(await Promise.all(comparable));
  }
}

@Resolver(() => ComparedRun)
export class ComparedRunFields {
  @Derived(WITH_PARENT, () => Run, 'The run itself.')
  run(@Root() run: RunView): RunView {
    return run;
  }

  @Derived(
    WITH_PARENT,
    () => [GrowthPoint],
    'Its equity as growth of what it began with, so that runs of any capital lie on one scale; empty: none yet.',
  )
  async growth(
    @Root() run: RunView,
    @Ctx() context: Context,
    @Arg('maxPoints', () => Int, maxPointsArgument) maxPoints: number,
  ) {
    const equity = (await reportOfRun(run, context))?.equity;
    if (equity === undefined) return [];
    const capital = run.initialCapital.toNumber();
    return equityPointsOf(equity, run.initialCapital, maxPoints).map((point) => ({
      time: point.time,
      growthPercent: (point.equity / capital - 1) * 100,
    }));
  }
}

@Resolver(() => RunCorrelation)
export class RunCorrelationFields {
  @Derived(WITH_PARENT, () => Run, 'The one.')
  first(@Root() { firstId }: Correlated, @Ctx() { loaders }: Context) {
    return loaders.run.load(firstId);
  }

  @Derived(WITH_PARENT, () => Run, 'The other.')
  second(@Root() { secondId }: Correlated, @Ctx() { loaders }: Context) {
    return loaders.run.load(secondId);
  }
}
