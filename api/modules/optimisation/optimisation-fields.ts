import { Arg, Args, Ctx, Int, Resolver, Root } from 'type-graphql';
import { aimAt } from '@nandax/core/optimise/aim.ts';
import { heatMapOf } from '@nandax/core/optimise/heat-map.ts';
import {
  searchSpaceOf,
  valueAt,
  valuesAt,
  type SearchSpace,
} from '@nandax/core/optimise/search-space.ts';
import { rankTrials, type Trial as TriedPoint } from '@nandax/core/optimise/trial.ts';
import type { EquityColumns } from '@nandax/core/portfolio/equity-curve.ts';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import { rulesWithParameters } from '@nandax/app/strategies/rules-with-parameters.ts';
import type {
  OptimisationMaterial,
  OptimisationView,
  StrategyVersionView,
} from '@nandax/app/views/strategy.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connectList, PageArguments } from '../../relay/connection.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { Dataset } from '../dataset/dataset.ts';
import { equityPointsOf, maxPointsArgument } from '../portfolio/equity-points.ts';
import { EquityPoint } from '../portfolio/portfolio.ts';
import { Strategy, StrategyVersion } from '../strategy/strategy.ts';
import {
  HeatMap,
  HeatMapFold,
  Optimisation,
  SearchedParameter,
  Trial,
  TrialConnection,
  TrialOrder,
  WalkForwardResult,
} from './optimisation.ts';
import { contractNameOf, TrialStatistic } from './statistic.ts';
import { trialOf, windowOf } from './trial-of.ts';

async function versionOf(
  { id, strategyVersionId }: OptimisationView,
  { loaders }: Context,
): Promise<StrategyVersionView> {
  const version = await loaders.strategyVersion.load(strategyVersionId);
  if (version === null) throw new Error(`optimisation ${id} has no strategy version`);
  return version;
}

async function spaceOf(optimisation: OptimisationView, context: Context): Promise<SearchSpace> {
  const { document } = await versionOf(optimisation, context);
  const parsed = parseStrategy(document);
  if (!parsed.ok) throw new Error(`the version of optimisation ${optimisation.id} does not parse`);
  return searchSpaceOf(parsed.value.parameters);
}

async function materialOf({ id }: OptimisationView, { loaders }: Context) {
  const material = await loaders.materialOfOptimisation.load(id);
  if (material === null) throw new Error(`optimisation ${id} is not there`);
  return material;
}

/** Those over the whole range; the others belong to the windows of a walk. */
function trialsOf({ trials }: OptimisationMaterial): readonly TriedPoint[] {
  return trials.filter(({ segment }) => segment === 0);
}

@Resolver(() => Optimisation)
export class OptimisationFields {
  @Derived(OWNER, () => TrialStatistic, 'The statistic that is looked for.')
  aim(@Root() { aim }: OptimisationView) {
    return contractNameOf(aim);
  }

  @Derived(OWNER, () => StrategyVersion, 'The rules whose parameters are searched.')
  strategyVersion(@Root() optimisation: OptimisationView, @Ctx() context: Context) {
    return versionOf(optimisation, context);
  }

  @Derived(OWNER, () => Strategy, 'The strategy those rules are a version of.')
  async strategy(@Root() optimisation: OptimisationView, @Ctx() context: Context) {
    return context.loaders.strategy.load((await versionOf(optimisation, context)).strategyId);
  }

  @Derived(OWNER, () => Dataset, 'The history it is searched on.')
  dataset(@Root() { datasetId }: OptimisationView, @Ctx() { loaders }: Context) {
    return loaders.dataset.load(datasetId);
  }

  @Derived(OWNER, () => DateTime, 'Beginning of its market range.')
  from(@Root() { rangeFrom }: OptimisationView): Date {
    return rangeFrom;
  }

  @Derived(OWNER, () => DateTime, 'End of its market range.')
  to(@Root() { rangeTo }: OptimisationView): Date {
    return rangeTo;
  }

  @Derived(OWNER, () => [SearchedParameter], 'What is searched, in the order of the rules.')
  async parameters(@Root() optimisation: OptimisationView, @Ctx() context: Context) {
    const { dimensions } = await spaceOf(optimisation, context);
    return dimensions.map((dimension) => ({
      name: dimension.name,
      minimum: dimension.minimum,
      maximum: valueAt(dimension, dimension.count - 1),
      step: dimension.step,
      values: dimension.count,
    }));
  }

  @Derived(OWNER, () => Trial, 'The best trial so far; null: none has a value of the aim.', {
    nullable: true,
  })
  async best(@Root() optimisation: OptimisationView, @Ctx() context: Context) {
    const { best } = optimisation;
    if (best === null) return null;
    const trial = trialsOf(await materialOf(optimisation, context)).find(
      ({ number }) => number === best.number,
    );
    // A trial is kept with the pack that names it the best.
    if (trial === undefined) return null;
    return trialOf(trial, await spaceOf(optimisation, context), optimisation);
  }

  @Derived(OWNER, () => TrialConnection, 'The trials over the whole range that are kept so far.')
  async trials(
    @Root() optimisation: OptimisationView,
    @Ctx() context: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('order', () => TrialOrder, {
      defaultValue: TrialOrder.BEST_FIRST,
      description: 'How they are sorted.',
    })
    order: keyof typeof TrialOrder,
  ) {
    const tried = trialsOf(await materialOf(optimisation, context));
    const aim = aimAt(optimisation.aim, optimisation.direction);
    const ranked = order === 'AS_TRIED' ? tried : rankTrials(tried, aim);
    const space = await spaceOf(optimisation, context);
    return connectList(
      `trials ${order}`,
      order === 'WORST_FIRST' ? ranked.toReversed() : ranked,
      page,
      (trial) => trialOf(trial, space, optimisation),
    );
  }

  @Derived(
    OWNER,
    () => HeatMap,
    'The aim over two parameters; null: one of them is not searched, or fewer than two are.',
    { nullable: true },
  )
  async heatMap(
    @Root() optimisation: OptimisationView,
    @Ctx() context: Context,
    @Arg('x', () => String, {
      nullable: true,
      description: 'Name of the parameter across; left out: the first that is searched.',
    })
    x: string | null | undefined,
    @Arg('y', () => String, {
      nullable: true,
      description: 'Name of the parameter up; left out: the second that is searched.',
    })
    y: string | null | undefined,
    @Arg('fold', () => HeatMapFold, {
      defaultValue: HeatMapFold.BEST,
      description: 'What stands for the trials of a cell, which differ in other parameters.',
    })
    fold: keyof typeof HeatMapFold,
  ) {
    const space = await spaceOf(optimisation, context);
    const names = space.dimensions.map(({ name }) => name);
    const [across, up] = [names.indexOf(x ?? names[0] ?? ''), names.indexOf(y ?? names[1] ?? '')];
    if (across === -1 || up === -1) return null;
    const aim = aimAt(optimisation.aim, optimisation.direction);
    const tried = trialsOf(await materialOf(optimisation, context));
    const map = heatMapOf(space, tried, aim, { x: across, y: up, fold });
    return {
      xParameter: map.x.name,
      yParameter: map.y.name,
      x: map.x.parts,
      y: map.y.parts,
      cells: map.cells,
    };
  }

  @Derived(
    OWNER,
    () => WalkForwardResult,
    'What walking forward gave; null: nothing, or not yet.',
    {
      nullable: true,
    },
  )
  async walkForwardResult(@Root() optimisation: OptimisationView, @Ctx() context: Context) {
    const { walked, equity } = await materialOf(optimisation, context);
    if (walked === null || equity === null) return null;
    const { roiPercent, cagrPercent, sharpeRatio, maxDrawdownPercent } = walked.figures;
    return {
      windows: walked.windows.map((window) => windowOf(window, optimisation.aim)),
      efficiency: walked.efficiency,
      roiPercent,
      cagrPercent,
      sharpeRatio,
      maxDrawdownPercent,
      curve: { length: equity.time.length, ...equity },
      initialCapital: optimisation.initialCapital,
    };
  }

  @Derived(
    OWNER,
    () => String,
    'The rules with the parameters of a trial in place of their own, to save or to test; null: there is no such trial.',
    { nullable: true },
  )
  async rulesOfTrial(
    @Root() optimisation: OptimisationView,
    @Ctx() context: Context,
    @Arg('number', () => Int, { description: 'Number of the trial.' }) number: number,
  ) {
    const tried = trialsOf(await materialOf(optimisation, context));
    const trial = tried.find((one) => one.number === number);
    if (trial === undefined) return null;
    const { document } = await versionOf(optimisation, context);
    const space = await spaceOf(optimisation, context);
    return rulesWithParameters(document, valuesAt(space, trial.point));
  }
}

/** Of a result: what its curve is thinned out of. */
interface WalkedRoot {
  readonly curve: EquityColumns;
  readonly initialCapital: OptimisationView['initialCapital'];
}

@Resolver(() => WalkForwardResult)
export class WalkForwardResultFields {
  @Derived(WITH_PARENT, () => [EquityPoint], 'Money over all stretches out of sample, stitched.')
  equityCurve(
    @Root() { curve, initialCapital }: WalkedRoot,
    @Arg('maxPoints', () => Int, maxPointsArgument) maxPoints: number,
  ) {
    return equityPointsOf(curve, initialCapital, maxPoints);
  }
}
