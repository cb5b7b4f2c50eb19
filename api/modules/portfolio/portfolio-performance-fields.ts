import { Arg, Ctx, ID, Int, Resolver, Root } from 'type-graphql';
import {
  attributionOf,
  benchmarkOf,
  correlationsOf,
  type Attribution as PerformancePart,
  type AttributionDimension as Dimension,
  type Correlation as ResultCorrelation,
} from '@nandax/app/portfolios/attribute-performance.ts';
import { performanceOf, type Performance } from '@nandax/app/portfolios/performance-of.ts';
import type { PortfolioView } from '@nandax/app/views/portfolio.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { notFoundError } from '../../errors/graphql-errors.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { Agent } from '../agent/agent.ts';
import { Instrument } from '../instrument/instrument.ts';
import { RunStatistics } from '../run/run-statistics.ts';
import { Strategy } from '../strategy/strategy.ts';
import { equityPointsOf, maxPointsArgument } from './equity-points.ts';
import {
  Attribution,
  AttributionDimension,
  AttributionKey,
  BenchmarkFigures,
  Correlation,
  PortfolioPerformance,
} from './portfolio-performance.ts';
import { EquityPoint, Portfolio } from './portfolio.ts';

/** A performance and the recording of the market that it was earned in. */
interface MarketPerformance extends Performance {
  readonly feedId: string | null;
}

/** What a part is told apart by. */
interface PartKey {
  readonly by: Dimension;
  readonly key: string | null;
}

@Resolver(() => Portfolio)
export class PortfolioPerformanceField {
  @Derived(
    OWNER,
    () => PortfolioPerformance,
    'What it earned; null: no day of the range is written down.',
    { nullable: true },
  )
  async performance(
    @Root() portfolio: PortfolioView,
    @Ctx() { loaders, ports }: Context,
    @Arg('from', () => DateTime, {
      nullable: true,
      description: 'Only days that closed at or after this market time.',
    })
    from?: Date | null,
    @Arg('to', () => DateTime, {
      nullable: true,
      description: 'Only days that closed at or before this market time.',
    })
    to?: Date | null,
  ): Promise<MarketPerformance | null> {
    const material = await loaders.materialOfPortfolio.load(portfolio.id);
    if (material === null) return null;
    const [rateCards, calendar] = await Promise.all([
      ports.history.rateCards(),
      ports.history.calendar('NSE'),
    ]);
    const range = { from: from?.getTime() ?? null, to: to?.getTime() ?? null };
    const performance = performanceOf(material, range, rateCards, calendar);
    return performance === null ? null : { ...performance, feedId: portfolio.feedId };
  }
}

@Resolver(() => PortfolioPerformance)
export class PortfolioPerformanceFields {
  @Derived(WITH_PARENT, () => DateTime, 'Market time of the first equity in the range.')
  from(@Root() { from }: Performance): Date {
    return new Date(from);
  }

  @Derived(WITH_PARENT, () => DateTime, 'Market time of the last equity in the range.')
  to(@Root() { to }: Performance): Date {
    return new Date(to);
  }

  @Derived(WITH_PARENT, () => Count, 'Exchange days in it, those without trades too.')
  days(@Root() { daily }: Performance): number {
    return daily.days.length;
  }

  @Derived(
    WITH_PARENT,
    () => RunStatistics,
    'Its figures; those of trades count the round trips that ended in the range.',
  )
  statistics(@Root() { figures }: Performance) {
    return figures;
  }

  @Derived(
    WITH_PARENT,
    () => [EquityPoint],
    'Its equity at the end of each day; drawdowns are without money paid in and out.',
  )
  equityCurve(
    @Root() { equity, growth, initialEquity }: Performance,
    @Arg('maxPoints', () => Int, maxPointsArgument) maxPoints: number,
  ) {
    const grown = equityPointsOf(growth, initialEquity, maxPoints);
    return equityPointsOf(equity, initialEquity, maxPoints).map((point, index) => ({
      ...point,
      drawdownPercent: grown[index]?.drawdownPercent ?? point.drawdownPercent,
    }));
  }

  @Derived(
    WITH_PARENT,
    () => [Attribution],
    'Its parts, in the order of days and months, else by id; they sum to the whole.',
  )
  attribution(
    @Root() performance: Performance,
    @Arg('by', () => AttributionDimension, { description: 'What they are told apart by.' })
    by: Dimension,
  ): readonly PerformancePart[] {
    return attributionOf(performance, by);
  }

  @Derived(
    WITH_PARENT,
    () => [Correlation],
    'The correlation of the daily net results of every two parts, each pair once.',
  )
  correlations(
    @Root() performance: Performance,
    @Arg('between', () => AttributionDimension, { description: 'Between which parts.' })
    between: Dimension,
  ): readonly ResultCorrelation[] {
    return correlationsOf(performance, between);
  }

  @Derived(
    WITH_PARENT,
    () => BenchmarkFigures,
    'Against an instrument of the recording that its market plays; null: there is no recording.',
    { nullable: true },
  )
  async benchmark(
    @Root() performance: MarketPerformance,
    @Ctx() context: Context,
    @Arg('instrumentId', () => ID, { description: 'Against which instrument.' })
    instrumentId: string,
  ) {
    const { feedId, daily } = performance;
    const instrument = await findOwnOf(context, 'Instrument', instrumentId);
    if (instrument === null) throw notFoundError();
    const replay = feedId === null ? null : await context.loaders.replaySession.load(feedId);
    const [from, to] = [daily.days[0], daily.days.at(-1)];
    if (replay === null || from === undefined || to === undefined) return null;
    const { history } = context.ports;
    const closes = await history.dailyCloses(replay.datasetId, instrument, from, to);
    return benchmarkOf(performance, closes);
  }
}

function subjectOf({ by, key }: PartKey, dimension: Dimension): string | null {
  return by === dimension ? key : null;
}

@Resolver(() => Attribution)
export class AttributionFields {
  @Derived(
    WITH_PARENT,
    () => AttributionKey,
    'Whose or of what it is; empty for what was traded by hand.',
  )
  key(@Root() { by, key }: PartKey): PartKey {
    return { by, key };
  }
}

@Resolver(() => Correlation)
export class CorrelationFields {
  @Derived(WITH_PARENT, () => AttributionKey, 'The one.')
  first(@Root() { between, first }: ResultCorrelation): PartKey {
    return { by: between, key: first };
  }

  @Derived(WITH_PARENT, () => AttributionKey, 'The other.')
  second(@Root() { between, second }: ResultCorrelation): PartKey {
    return { by: between, key: second };
  }
}

@Resolver(() => AttributionKey)
export class AttributionKeyFields {
  @Derived(
    WITH_PARENT,
    () => String,
    'The day `YYYY-MM-DD` or month `YYYY-MM`; null: it is told apart by something else.',
    { nullable: true },
  )
  period(@Root() { by, key }: PartKey): string | null {
    return by === 'DAY' || by === 'MONTH' ? key : null;
  }

  @Derived(WITH_PARENT, () => Strategy, 'The strategy; null: it is something else, or by hand.', {
    nullable: true,
  })
  strategy(@Root() part: PartKey, @Ctx() { loaders }: Context) {
    const id = subjectOf(part, 'STRATEGY');
    return id === null ? null : loaders.strategy.load(id);
  }

  @Derived(WITH_PARENT, () => Agent, 'The agent; null: it is something else, or by hand.', {
    nullable: true,
  })
  agent(@Root() part: PartKey, @Ctx() { loaders }: Context) {
    const id = subjectOf(part, 'AGENT');
    return id === null ? null : loaders.agent.load(id);
  }

  @Derived(WITH_PARENT, () => Instrument, 'The instrument; null: it is something else.', {
    nullable: true,
  })
  instrument(@Root() part: PartKey, @Ctx() { loaders }: Context) {
    const id = subjectOf(part, 'INSTRUMENT');
    return id === null ? null : loaders.instrument.load(id);
  }
}
