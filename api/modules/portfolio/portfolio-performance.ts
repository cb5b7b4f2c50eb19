import { ObjectType } from 'type-graphql';
import type {
  Attribution as PerformancePart,
  AttributionDimension as Dimension,
  Correlation as ResultCorrelation,
} from '@nandax/app/portfolios/attribute-performance.ts';
import type { Performance } from '@nandax/app/portfolios/performance-of.ts';
import type { BenchmarkFigures as Figures } from '@nandax/core/metrics/benchmark.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Count, Decimal, Money } from '../../scalars/scalars.ts';

export const AttributionDimension = enumOf(
  'AttributionDimension',
  'What a result is told apart by.',
  {
    DAY: 'The exchange day.',
    MONTH: 'The month of the exchange day.',
    STRATEGY: 'The strategy whose rules traded; by hand is a part of its own.',
    AGENT: 'The agent that traded; by hand is a part of its own.',
    INSTRUMENT: 'What was traded.',
  } satisfies Record<Dimension, string>,
);

@ObjectType({
  description:
    'What a portfolio earned over a range of days of its feed, since its last reset. Money paid in and out is no return.',
})
export class PortfolioPerformance implements Partial<Performance> {
  @Visible(WITH_PARENT, () => Money, 'Rupees of equity before the range.')
  initialEquity!: Performance['initialEquity'];

  @Visible(WITH_PARENT, () => Money, 'Rupees of equity at the end of the range.')
  finalEquity!: Performance['finalEquity'];

  @Visible(WITH_PARENT, () => Money, 'Rupees paid in less rupees paid out in the range.')
  flow!: Performance['flow'];
}

@ObjectType({
  description:
    'A part of a performance: the change of what is held at market prices and what was bought and sold. The parts sum to the whole to the paisa.',
})
export class Attribution implements Partial<PerformancePart> {
  @Visible(WITH_PARENT, () => Money, 'Gain before charges, in rupees.')
  grossPnl!: PerformancePart['grossPnl'];

  @Visible(WITH_PARENT, () => Money, 'Its share of the contract notes, by what accrued, in rupees.')
  charges!: PerformancePart['charges'];

  @Visible(WITH_PARENT, () => Money, 'Gain less charges, in rupees.')
  netPnl!: PerformancePart['netPnl'];

  @Visible(WITH_PARENT, () => Count, 'Round trips that ended.')
  trades!: number;

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Growth of the day or month in percent; null: it is told apart by something else.',
    { nullable: true },
  )
  returnPercent!: PerformancePart['returnPercent'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Its net gain over the equity before the range, in percent: what it added to the whole, not what it made of money of its own. The parts sum to the net gain over that equity. Null: there was none.',
    { nullable: true },
  )
  contributionPercent!: PerformancePart['contributionPercent'];
}

@ObjectType({ description: 'How the daily net results of two parts went together.' })
export class Correlation implements Partial<ResultCorrelation> {
  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Pearson’s, -1 to 1; null: under two days, or one of them does not vary.',
    { nullable: true },
  )
  correlation!: ResultCorrelation['correlation'];
}

@ObjectType({ description: 'What a part of a performance is told apart by.' })
export class AttributionKey {}

@ObjectType({
  description: 'How daily returns moved with those of a benchmark, over days that both have.',
})
export class BenchmarkFigures implements Partial<Figures> {
  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Return a year that the benchmark does not explain, as a fraction; null: as beta.',
    { nullable: true, deprecationReason: 'Read `alphaPercent`, in the unit of its neighbours.' },
  )
  alpha!: Figures['alpha'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Return a year that the benchmark does not explain, in percent; null: as beta.',
    { nullable: true },
  )
  alphaPercent!: Figures['alphaPercent'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Return for each unit of the benchmark’s; null: under two days, or a flat benchmark.',
    { nullable: true },
  )
  beta!: Figures['beta'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Pearson’s, -1 to 1; null: under two days, or one of them does not vary.',
    { nullable: true },
  )
  correlation!: Figures['correlation'];
}
