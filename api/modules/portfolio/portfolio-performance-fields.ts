import { Arg, Ctx, ID, Int, Resolver, Root } from 'type-graphql';
import {
  attributionOf,
  benchmarkOf,
  correlationsOf,
  type Attribution as PerformancePart,
  type AttributionDimension as Dimension,
  type Correlation as ResultCorrelation,
} from '@nandax/app/portfolios/attribute-performance.ts';
import {
  performanceOf,
  type Performance,
  type PerformanceRange,
} from '@nandax/app/portfolios/performance-of.ts';
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
import { maxPointsArgument, pointsOfPerformance } from './equity-points.ts';
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
  /** Whose portfolio it is. */
  readonly ownerId: string;
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
    const range = { from: from?.getTime() ?? null, to: to?.getTime() ?? null };
    const performance = await performanceIn(range, portfolio, loaders, ports);
    const { feedId, ownerId } = portfolio;
    return performance === null ? null : { ...performance, feedId, ownerId };
  }

  @Derived(
    OWNER,
    () => [EquityPoint],
    'Its equity at the end of each day; drawdowns are without money paid in and out.',
    { deprecationReason: 'Use `performance { equityCurve }`.' },
  )
  async equityCurve(
    @Root() portfolio: PortfolioView,
    @Ctx() { loaders, ports }: Context,
    @Arg('maxPoints', () => Int, maxPointsArgument) maxPoints: number,
  ) {
    const performance = await performanceIn({ from: null, to: null }, portfolio, loaders, ports);
    return performance === null ? [] : pointsOfPerformance(performance, maxPoints);
  }
}

async function performanceIn(
  range: PerformanceRange,
  { id }: PortfolioView,
  loaders: Context['loaders'],
  ports: Context['ports'],
): Promise<Performance | null> {
  const material = await loaders.materialOfPortfolio.load(id);
  if (material === null) return null;
  const [rateCards, calendar] = await Promise.all([
    ports.history.rateCards(),
    ports.history.calendar('NSE'),
  ]);
  return performanceOf(material, range, rateCards, calendar);
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
    @Root() performance: Performance,
    @Arg('maxPoints', () => Int, maxPointsArgument) maxPoints: number,
  ) {
    return pointsOfPerformance(performance, maxPoints);
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
    'Against an instrument: of the recording that its market plays, or of a live market by the closes of the history that has the most days of it. Null: there is no history of it.',
    { nullable: true },
  )
  async benchmark(
    @Root() performance: MarketPerformance,
    @Ctx() context: Context,
    @Arg('instrumentId', () => ID, { description: 'Against which instrument.' })
    instrumentId: string,
  ) {
    const { feedId, ownerId, daily } = performance;
    const instrument = await findOwnOf(context, 'Instrument', instrumentId);
    if (instrument === null) throw notFoundError();
    const replay = feedId === null ? null : await context.loaders.replaySession.load(feedId);
    const [from, to] = [daily.days[0], daily.days.at(-1)];
    if (from === undefined || to === undefined) return null;
    const { history } = context.ports;
    const closes =
      replay === null
        ? await history.storedCloses(ownerId, instrument, from, to)
        : await history.dailyCloses(replay.datasetId, instrument, from, to);
    return closes === null ? null : benchmarkOf(performance, closes);
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
