import { Arg, Args, Ctx, ID, Int, Resolver, Root } from 'type-graphql';
import { exportRun, monthlyReturnsOfRun, type ExportedRun } from '@nandax/app/runs/export-run.ts';
import { readBars } from '@nandax/app/market-data/read-bars.ts';
import type { TimeFrame as TimeFrameName } from '@nandax/core/market/time-frame.ts';
import type { InstrumentView } from '@nandax/app/views/market.ts';
import type { RunView } from '@nandax/app/views/strategy.ts';
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
import { BiasReport } from './bias-report.ts';
import { BacktestRun, LiveRun, PaperRun, Run } from './run.ts';
import { reportOfRun, versionOfRun } from './report-of-run.ts';
import { againstBenchmark, RunBenchmark } from './run-benchmark.ts';
import { MonthlyReturn, RunExport, RunExportFormat } from './run-export.ts';
import { RunStatistics } from './run-statistics.ts';

const maxCandles = 5000;

function nameOf(instrument: InstrumentView | null): string {
  return instrument === null ? '' : `${instrument.exchange}:${instrument.tradingSymbol}`;
}

@Resolver(() => Run)
export class RunFields {
  @Derived(OWNER, () => StrategyVersion, 'The rules it runs by.')
  strategyVersion(@Root() run: RunView, @Ctx() context: Context) {
    return versionOfRun(run, context);
  }

  @Derived(OWNER, () => Strategy, 'The strategy those rules are a version of.')
  async strategy(@Root() run: RunView, @Ctx() context: Context) {
    return context.loaders.strategy.load((await versionOfRun(run, context)).strategyId);
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
    return (await reportOfRun(run, context))?.figures ?? null;
  }

  @Derived(OWNER, () => [EquityPoint], 'Its equity over market time; empty: none yet.')
  async equityCurve(
    @Root() run: RunView,
    @Ctx() context: Context,
    @Arg('maxPoints', () => Int, maxPointsArgument) maxPoints: number,
  ) {
    const equity = (await reportOfRun(run, context))?.equity;
    return equity === undefined ? [] : equityPointsOf(equity, run.initialCapital, maxPoints);
  }

  @Derived(
    OWNER,
    () => RunBenchmark,
    'Against buying its instruments and holding them; null: not known.',
    {
      nullable: true,
    },
  )
  async benchmark(@Root() run: RunView, @Ctx() context: Context) {
    const report = await reportOfRun(run, context);
    return report === null ? null : againstBenchmark(report, run.initialCapital);
  }

  @Derived(OWNER, () => [MonthlyReturn], 'What it made month by month; empty: none yet.')
  async monthlyReturns(@Root() run: RunView, @Ctx() context: Context) {
    const report = await reportOfRun(run, context);
    if (report === null) return [];
    const returns = monthlyReturnsOfRun(report, run.initialCapital.toNumber());
    return [...returns].map(([month, value]) => ({ month, returnPercent: value * 100 }));
  }

  @Derived(OWNER, () => RunExport, 'It as a file; null: there is nothing of it yet.', {
    nullable: true,
  })
  async export(
    @Root() run: RunView,
    @Ctx() context: Context,
    @Arg('format', () => RunExportFormat, { description: 'Which kind of file.' })
    format: keyof typeof RunExportFormat,
  ) {
    const { loaders } = context;
    const [report, version, trades, bias] = await Promise.all([
      reportOfRun(run, context),
      versionOfRun(run, context),
      loaders.everyTradeOfRun.load(run.id),
      loaders.biasReportOfRun.load(run.id),
    ]);
    if (report === null) return null;
    const [strategy, instruments] = await Promise.all([
      loaders.strategy.load(version.strategyId),
      loaders.instrumentsOfVersion.load(version.id),
    ]);
    const named = (trades ?? []).map(async (trade) => {
      const instrument = await loaders.instrument.load(trade.instrumentId);
      return { instrument: nameOf(instrument), trade };
    });
    const exported: ExportedRun = {
      ...{ run, version, report, bias, strategyName: strategy?.name ?? 'strategy' },
      instruments: (instruments ?? []).map(nameOf),
      caveats: [...run.caveats, ...report.caveats],
      trades: await Promise.all(named),
    };
    return exportRun(exported, format);
  }

  @Derived(
    OWNER,
    () => [String],
    'What its result rests on that dated data did not cover, in words.',
  )
  async caveats(@Root() run: RunView, @Ctx() context: Context): Promise<readonly string[]> {
    const report = await reportOfRun(run, context);
    return [...run.caveats, ...(report?.caveats ?? [])];
  }

  @Derived(
    OWNER,
    () => BiasReport,
    'Whether its result deserves trust; null: it was not looked into yet, which follows its end.',
    { nullable: true },
  )
  biasReport(@Root() run: RunView, @Ctx() { loaders }: Context) {
    return loaders.biasReportOfRun.load(run.id);
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
      timeFrame: timeFrame ?? (await versionOfRun(run, context)).timeFrame,
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
