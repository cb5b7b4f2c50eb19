import { Arg, Args, Ctx, ID, Int, Resolver, Root } from 'type-graphql';
import { runReportOf, type RunMarket, type RunReport } from '@nandax/app/runs/run-report.ts';
import { minuteCandles } from '@nandax/app/market-data/minute-candles.ts';
import { readBars } from '@nandax/app/market-data/read-bars.ts';
import type { TimeFrame as TimeFrameName } from '@nandax/core/market/time-frame.ts';
import type { RunMaterial, RunView, StrategyVersionView } from '@nandax/app/views/strategy.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { DateTime, Decimal } from '../../scalars/scalars.ts';
import { Agent, AgentDecisionConnection } from '../agent/agent.ts';
import { Candle, candlesOf, TimeFrame } from '../dataset/candle.ts';
import { Dataset } from '../dataset/dataset.ts';
import { OrderConnection } from '../order/order.ts';
import { equityPointsOf, maxPointsArgument } from '../portfolio/equity-points.ts';
import { EquityPoint, Portfolio } from '../portfolio/portfolio.ts';
import { ReplaySession } from '../replay/replay-session.ts';
import { Strategy, StrategyVersion } from '../strategy/strategy.ts';
import { TradeConnection } from '../trade/trade.ts';
import { BacktestRun, LiveRun, PaperRun, Run } from './run.ts';
import { RunStatistics } from './run-statistics.ts';

const maxCandles = 5000;

async function versionOf(run: RunView, { loaders }: Context): Promise<StrategyVersionView> {
  const version = await loaders.strategyVersion.load(run.strategyVersionId);
  if (version === null) throw new Error(`run ${run.id} has no strategy version`);
  return version;
}

/** Statistics and curve of one run are asked for together; its report is made once. */
const reports = new WeakMap<RunMaterial, Promise<RunReport | null>>();

async function reportOf(run: RunView, context: Context): Promise<RunReport | null> {
  const { loaders, ports } = context;
  const material = await loaders.materialOfRun.load(run.id);
  if (material === null) return null;
  const known = reports.get(material);
  if (known !== undefined) return known;
  const report = ports.history
    .rateCards()
    .then((rateCards) =>
      runReportOf(run.initialCapital, material, rateCards, () => marketOf(run, context)),
    );
  reports.set(material, report);
  return report;
}

/** The market of a run that trades or has traded on a replay, up to where it has come. */
async function marketOf(run: RunView, context: Context): Promise<RunMarket> {
  const { loaders, ports } = context;
  const version = await versionOf(run, context);
  const replay = run.feedId === null ? null : await loaders.replaySession.load(run.feedId);
  const dataset = replay === null ? null : await loaders.dataset.load(replay.datasetId);
  const instruments = (await loaders.instrumentsOfVersion.load(version.id)) ?? [];
  if (replay === null || dataset === null) throw new Error(`run ${run.id} has no replay`);
  const calendar = await ports.history.calendar(instruments[0]?.exchange ?? 'NSE');
  const until = run.rangeTo ?? replay.cursor ?? replay.rangeFrom;
  const instrumentIds = instruments.map(({ id }) => id);
  const candles = await minuteCandles(ports.history, calendar, {
    datasetId: dataset.id,
    kind: dataset.kind,
    instrumentIds,
    from: run.rangeFrom ?? replay.rangeFrom,
    to: until,
  });
  return {
    instrumentIds,
    candles,
    multipliers: instruments.map(({ multiplier }) => multiplier.toNumber()),
    calendar,
    timeFrame: version.timeFrame,
    until: until.getTime(),
  };
}

@Resolver(() => Run)
export class RunFields {
  @Derived(OWNER, () => StrategyVersion, 'The rules it runs by.')
  strategyVersion(@Root() run: RunView, @Ctx() context: Context) {
    return versionOf(run, context);
  }

  @Derived(OWNER, () => Strategy, 'The strategy those rules are a version of.')
  async strategy(@Root() run: RunView, @Ctx() context: Context) {
    return context.loaders.strategy.load((await versionOf(run, context)).strategyId);
  }

  @Derived(OWNER, () => DateTime, 'Beginning of its market range; null: nothing covered yet.', {
    nullable: true,
  })
  from(@Root() run: RunView): Date | null {
    return run.rangeFrom;
  }

  @Derived(OWNER, () => DateTime, 'End of its market range; null: nothing covered yet.', {
    nullable: true,
  })
  to(@Root() run: RunView): Date | null {
    return run.rangeTo;
  }

  @Derived(OWNER, () => RunStatistics, 'Its figures so far; null: there are none yet.', {
    nullable: true,
  })
  async statistics(@Root() run: RunView, @Ctx() context: Context) {
    return (await reportOf(run, context))?.figures ?? null;
  }

  @Derived(OWNER, () => [EquityPoint], 'Its equity over market time; empty: none yet.')
  async equityCurve(
    @Root() run: RunView,
    @Ctx() context: Context,
    @Arg('maxPoints', () => Int, maxPointsArgument) maxPoints: number,
  ) {
    const equity = (await reportOf(run, context))?.equity;
    return equity === undefined ? [] : equityPointsOf(equity, run.initialCapital, maxPoints);
  }

  @Derived(
    OWNER,
    () => [String],
    'What its result rests on that dated data did not cover, in words.',
  )
  async caveats(@Root() run: RunView, @Ctx() context: Context): Promise<readonly string[]> {
    const report = await reportOf(run, context);
    return [...run.caveats, ...(report?.caveats ?? [])];
  }

  @Derived(OWNER, () => TradeConnection, 'Its trades, newest first.')
  trades(
    @Root() run: RunView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'tradesOfRun', run.id, page);
  }

  @Derived(
    OWNER,
    () => [Candle],
    `Bars of one of its instruments over its range, at most the ${maxCandles} newest; for a replay up to its clock.`,
  )
  async candles(
    @Root() run: RunView,
    @Ctx() context: Context,
    @Arg('instrumentId', () => ID, { description: 'Which instrument.' }) instrumentId: string,
    @Arg('timeFrame', () => TimeFrame, {
      nullable: true,
      description: 'Length of the bars; left out: the strategy’s.',
    })
    timeFrame?: TimeFrameName | null,
  ) {
    const { ports, loaders } = context;
    const replay = run.feedId === null ? null : await loaders.replaySession.load(run.feedId);
    const datasetId = run.datasetId ?? replay?.datasetId;
    if (datasetId === undefined) return [];
    const [dataset, range, instrument] = await Promise.all([
      loaders.dataset.load(datasetId),
      loaders.rangeOfDataset.load(datasetId),
      loaders.instrument.load(localIdOf('Instrument', instrumentId)),
    ]);
    if (dataset === null || range === null || instrument === null) return [];
    const bars = await readBars(ports, {
      dataset: { ...dataset, ...range },
      instrumentId: instrument.id,
      exchange: instrument.exchange,
      timeFrame: timeFrame ?? (await versionOf(run, context)).timeFrame,
      from: run.rangeFrom,
      to: run.rangeTo ?? replay?.cursor ?? replay?.rangeFrom ?? null,
      newest: maxCandles,
    });
    return candlesOf(bars);
  }
}

@Resolver(() => BacktestRun)
export class BacktestRunFields {
  @Derived(OWNER, () => Dataset, 'The history it ran on.')
  dataset(@Root() run: RunView, @Ctx() { loaders }: Context) {
    return run.datasetId === null ? null : loaders.dataset.load(run.datasetId);
  }

  @Derived(OWNER, () => Decimal, 'How much of it is done, 0 to 100.')
  progressPercent(@Root() run: RunView) {
    return run.progress;
  }
}

function agentOf(run: RunView, { loaders }: Context) {
  return run.agentId === null ? null : loaders.agent.load(run.agentId);
}

function portfolioOf(run: RunView, { loaders }: Context) {
  return run.portfolioId === null ? null : loaders.portfolio.load(run.portfolioId);
}

@Resolver(() => PaperRun)
export class PaperRunFields {
  @Derived(OWNER, () => Agent, 'Whose run it is.')
  agent(@Root() run: RunView, @Ctx() context: Context) {
    return agentOf(run, context);
  }

  @Derived(OWNER, () => Portfolio, 'Where it trades.')
  portfolio(@Root() run: RunView, @Ctx() context: Context) {
    return portfolioOf(run, context);
  }

  @Derived(OWNER, () => ReplaySession, 'The replay it runs on; null: a live feed.', {
    nullable: true,
  })
  replaySession(@Root() run: RunView, @Ctx() { loaders }: Context) {
    return run.feedId === null ? null : loaders.replaySession.load(run.feedId);
  }

  @Derived(OWNER, () => AgentDecisionConnection, 'What was decided in it, newest first.')
  decisions(
    @Root() run: RunView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'decisionsOfRun', run.id, page);
  }

  @Derived(OWNER, () => OrderConnection, 'Its orders, newest first.')
  orders(
    @Root() run: RunView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'ordersOfRun', run.id, page);
  }
}

@Resolver(() => LiveRun)
export class LiveRunFields {
  @Derived(OWNER, () => Agent, 'Whose run it is.')
  agent(@Root() run: RunView, @Ctx() context: Context) {
    return agentOf(run, context);
  }

  @Derived(OWNER, () => Portfolio, 'Where it trades.')
  portfolio(@Root() run: RunView, @Ctx() context: Context) {
    return portfolioOf(run, context);
  }

  @Derived(OWNER, () => AgentDecisionConnection, 'What was decided in it, newest first.')
  decisions(
    @Root() run: RunView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'decisionsOfRun', run.id, page);
  }

  @Derived(OWNER, () => OrderConnection, 'Its orders, newest first.')
  orders(
    @Root() run: RunView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'ordersOfRun', run.id, page);
  }
}
