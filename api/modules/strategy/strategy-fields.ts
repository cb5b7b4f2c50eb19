import { Arg, Args, Ctx, Int, Resolver, Root } from 'type-graphql';
import { Decimal as DecimalNumber } from 'decimal.js';
import { GraphQLJSONObject } from 'graphql-scalars';
import { documentViewOf, treeOf, type DocumentView } from '@nandax/app/strategies/document-view.ts';
import type {
  PerformanceView,
  StrategyVersionView,
  StrategyView,
} from '@nandax/app/views/strategy.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { Decimal, Money } from '../../scalars/scalars.ts';
import { AgentConnection } from '../agent/agent.ts';
import { TimeFrame } from '../dataset/candle.ts';
import { Instrument } from '../instrument/instrument.ts';
import { OptimisationConnection } from '../optimisation/optimisation.ts';
import { RunConnection, RunKind } from '../run/run.ts';
import {
  Strategy,
  StrategyParameter,
  StrategyPerformance,
  StrategyRule,
  StrategySetting,
  StrategyVersion,
  StrategyVersionConnection,
} from './strategy.ts';

/** Performance where nothing was traded yet. */
export const noPerformance: PerformanceView = {
  totalTrades: 0,
  winningTrades: 0,
  totalPnl: new DecimalNumber(0),
};

/** Every strategy has a version from its first day on. */
async function currentVersionOf(
  strategy: StrategyView,
  { loaders }: Context,
): Promise<StrategyVersionView> {
  const version = await loaders.currentVersionOfStrategy.load(strategy.id);
  if (version === null) throw new Error(`strategy ${strategy.id} has no version`);
  return version;
}

async function documentOf(strategy: StrategyView, context: Context): Promise<DocumentView> {
  return documentViewOf(treeOf((await currentVersionOf(strategy, context)).document));
}

@Resolver(() => Strategy)
export class StrategyFields {
  @Derived(OWNER, () => StrategyVersion, 'The version that the next run will use.')
  currentVersion(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return currentVersionOf(strategy, context);
  }

  @Derived(OWNER, () => StrategyVersion, 'One of its versions; null: it has none of that number.', {
    nullable: true,
  })
  async version(
    @Root() strategy: StrategyView,
    @Ctx() context: Context,
    @Arg('number', () => Int, { nullable: true, description: 'Which; left out: the current one.' })
    number?: number | null,
  ) {
    if (typeof number !== 'number') return currentVersionOf(strategy, context);
    return context.loaders.numberedVersion.load(`${strategy.id} ${number}`);
  }

  @Derived(OWNER, () => StrategyVersionConnection, 'All versions, newest first.')
  versions(
    @Root() strategy: StrategyView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'versionsOfStrategy', strategy.id, page);
  }

  @Derived(OWNER, () => OptimisationConnection, 'Searches of its parameters, newest first.')
  optimisations(
    @Root() strategy: StrategyView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'optimisationsOfStrategy', strategy.id, page);
  }

  @Derived(OWNER, () => TimeFrame, 'Length of the bars it decides on.')
  async timeFrame(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return (await currentVersionOf(strategy, context)).timeFrame;
  }

  @Derived(OWNER, () => [Instrument], 'What it trades, in its own order.')
  async instruments(@Root() strategy: StrategyView, @Ctx() context: Context) {
    const version = await currentVersionOf(strategy, context);
    return (await context.loaders.instrumentsOfVersion.load(version.id)) ?? [];
  }

  @Derived(
    OWNER,
    () => Money,
    'Rupees put into one entry; 0 where its size follows something else.',
    {
      deprecationReason: 'The size of an entry has more kinds; read `settings`.',
    },
  )
  async capitalPerTrade(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return (await documentOf(strategy, context)).capitalPerTrade;
  }

  @Derived(
    OWNER,
    () => Decimal,
    'Loss in percent of the entry at which it leaves; null: never, or at a distance in rupees.',
    { nullable: true },
  )
  async stopLossPercent(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return (await documentOf(strategy, context)).stopLossPercent;
  }

  @Derived(
    OWNER,
    () => Decimal,
    'Gain in percent of the entry at which the last of it leaves; null: never, or at a distance in rupees.',
    { nullable: true },
  )
  async takeProfitPercent(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return (await documentOf(strategy, context)).takeProfitPercent;
  }

  @Derived(OWNER, () => Int, 'Most instruments held at a time; null: all of them.', {
    nullable: true,
  })
  async maxPositions(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return (await documentOf(strategy, context)).maxPositions;
  }

  @Derived(
    OWNER,
    () => [StrategySetting],
    'Its statements beside rules and parameters: size, stops, profits, hours, product and pair.',
  )
  async settings(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return (await documentOf(strategy, context)).settings;
  }

  @Derived(OWNER, () => [StrategyParameter], 'Numbers that its rules name, in their order.')
  async parameters(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return (await documentOf(strategy, context)).parameters;
  }

  @Derived(OWNER, () => [StrategyRule], 'When it enters.')
  async entryRules(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return (await documentOf(strategy, context)).entryRules;
  }

  @Derived(OWNER, () => [StrategyRule], 'When it leaves.')
  async exitRules(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return (await documentOf(strategy, context)).exitRules;
  }

  @Derived(OWNER, () => GraphQLJSONObject, 'Settings kept beside the document, free in form.')
  async configuration(@Root() strategy: StrategyView, @Ctx() context: Context) {
    return (await currentVersionOf(strategy, context)).configuration;
  }

  @Derived(OWNER, () => StrategyPerformance, 'What it made on paper and live.')
  async performance(@Root() strategy: StrategyView, @Ctx() { loaders }: Context) {
    return (await loaders.performanceOfStrategy.load(strategy.id)) ?? noPerformance;
  }

  @Derived(OWNER, () => RunConnection, 'Runs of all its versions, newest first.')
  runs(
    @Root() strategy: StrategyView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('kind', () => RunKind, { nullable: true, description: 'Only those of this kind.' })
    kind?: keyof typeof RunKind | null,
  ) {
    return connect(loaders, 'runsOfStrategy', strategy.id, page, kind);
  }

  @Derived(OWNER, () => AgentConnection, 'Agents that trade it, newest first.')
  agents(
    @Root() strategy: StrategyView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'agentsOfStrategy', strategy.id, page);
  }
}

@Resolver(() => StrategyVersion)
export class StrategyVersionFields {
  @Derived(OWNER, () => GraphQLJSONObject, 'The same as a tree.')
  tree(@Root() version: StrategyVersionView) {
    return treeOf(version.document);
  }

  @Derived(
    OWNER,
    () => [Instrument],
    'What its rules name beside what they decide on: read by `of`, or traded as the other leg of a pair; by name.',
  )
  async namedInstruments(@Root() version: StrategyVersionView, @Ctx() { loaders }: Context) {
    return (await loaders.namedInstrumentsOfVersion.load(version.id)) ?? [];
  }

  @Derived(OWNER, () => [Instrument], 'What it trades, in its own order.')
  async instruments(@Root() version: StrategyVersionView, @Ctx() { loaders }: Context) {
    return (await loaders.instrumentsOfVersion.load(version.id)) ?? [];
  }
}

@Resolver(() => StrategyPerformance)
export class StrategyPerformanceFields {
  @Derived(
    WITH_PARENT,
    () => Decimal,
    'Part of the trades that gained after charges, 0 to 1; null: no trades.',
    {
      nullable: true,
    },
  )
  winRate(@Root() { winningTrades, totalTrades }: PerformanceView) {
    return totalTrades === 0
      ? null
      : new DecimalNumber(winningTrades).dividedBy(totalTrades).toDecimalPlaces(4);
  }
}
