import { ObjectType, Resolver, Root } from 'type-graphql';
import { biasFindingsOf, type BiasFinding as Finding } from '@nandax/core/bias/bias-findings.ts';
import type {
  BiasAim as Aim,
  LookAheadCheck as LookAhead,
  ParameterNeighbour as Neighbour,
  ParameterSensitivity as Sensitivity,
  PermutationTest as Permutation,
  SampleComparison as Samples,
  SampleFigures as Figures,
  TradeOrderTest as TradeOrder,
} from '@nandax/core/bias/bias-report.ts';
import type { Percentiles as Spread } from '@nandax/core/bias/percentiles.ts';
import type { BiasReportView } from '@nandax/app/views/strategy.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Count, DateTime, Decimal, Money } from '../../scalars/scalars.ts';
import { BiasFinding } from './bias-finding.ts';

const BiasAim = enumOf('BiasAim', 'The statistic by which runs are held against each other.', {
  SHARPE_RATIO: 'Sharpe ratio of daily returns, a year.',
  ROI_PERCENT: 'Growth over the whole time, in percent.',
  CAGR_PERCENT: 'Compound growth a year, in percent.',
  EXPECTANCY: 'Mean gain of a trade after charges, in rupees.',
});

const aimNames = {
  sharpeRatio: 'SHARPE_RATIO',
  roiPercent: 'ROI_PERCENT',
  cagrPercent: 'CAGR_PERCENT',
  expectancy: 'EXPECTANCY',
} as const satisfies Record<Aim, keyof typeof BiasAim>;

@ObjectType({ description: 'Whether the decisions of a run know what comes after them.' })
class LookAheadCheck implements Partial<LookAhead> {
  @Visible(WITH_PARENT, () => Count, 'Bars after which all was cut off, or turned around.')
  cuts!: number;

  @Visible(WITH_PARENT, () => Count, 'Decisions compared, those before every such bar anew.')
  decisions!: number;

  @Visible(WITH_PARENT, () => Count, 'Such bars before which a decision changed.')
  differences!: number;
}

@Resolver(() => LookAheadCheck)
export class LookAheadCheckFields {
  @Derived(WITH_PARENT, () => DateTime, 'Bar of the first such decision; null: there is none.', {
    nullable: true,
  })
  firstDifferenceAt(@Root() { firstDifferenceAt }: LookAhead): Date | null {
    return firstDifferenceAt === null ? null : new Date(firstDifferenceAt);
  }
}

@ObjectType({ description: 'A part of a run; trades count where they were closed.' })
class SampleFigures implements Partial<Figures> {
  @Visible(WITH_PARENT, () => Count, 'Bars of the strategy’s length.')
  bars!: number;

  @Visible(WITH_PARENT, () => Count, 'Closed trades.')
  trades!: number;

  @Visible(WITH_PARENT, () => Decimal, 'The aim over it; null: it has none.', { nullable: true })
  aim!: number | null;

  @Visible(WITH_PARENT, () => Decimal, 'Growth in percent; null: no bar.', { nullable: true })
  roiPercent!: number | null;

  @Visible(WITH_PARENT, () => Decimal, 'Compound growth a year in percent; null: no bar.', {
    nullable: true,
  })
  cagrPercent!: number | null;

  @Visible(WITH_PARENT, () => Decimal, 'Sharpe ratio a year; null: no variation.', {
    nullable: true,
  })
  sharpeRatio!: number | null;

  @Visible(WITH_PARENT, () => Decimal, 'Deepest fall in percent, 0 or negative; null: no bar.', {
    nullable: true,
  })
  maxDrawdownPercent!: number | null;

  @Visible(WITH_PARENT, () => Decimal, 'Part of the trades that gained, 0 to 1; null: no trades.', {
    nullable: true,
  })
  winRate!: number | null;

  @Visible(WITH_PARENT, () => Decimal, 'Money won over money lost; null: no loss.', {
    nullable: true,
  })
  profitFactor!: number | null;
}

@Resolver(() => SampleFigures)
export class SampleFiguresFields {
  @Derived(WITH_PARENT, () => DateTime, 'Open of its first bar.')
  from(@Root() { from }: Figures): Date {
    return new Date(from);
  }

  @Derived(WITH_PARENT, () => DateTime, 'End of its last bar.')
  to(@Root() { to }: Figures): Date {
    return new Date(to);
  }
}

@ObjectType({ description: 'The first seven tenths of a run against the rest.' })
class SampleComparison implements Samples {
  @Visible(WITH_PARENT, () => SampleFigures, 'The first seven tenths.')
  inSample!: Figures;

  @Visible(WITH_PARENT, () => SampleFigures, 'The rest.')
  outOfSample!: Figures;

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'The aim of the rest over that before; null: that was not above zero.',
    { nullable: true },
  )
  ratio!: number | null;
}

@ObjectType({ description: 'Values below which so many of a hundred lie.' })
class Percentiles implements Spread {
  @Visible(WITH_PARENT, () => Decimal, 'Below it lie 5 of a hundred.')
  p5!: number;

  @Visible(WITH_PARENT, () => Decimal, 'Below it lie 25 of a hundred.')
  p25!: number;

  @Visible(WITH_PARENT, () => Decimal, 'The middle one.')
  p50!: number;

  @Visible(WITH_PARENT, () => Decimal, 'Below it lie 75 of a hundred.')
  p75!: number;

  @Visible(WITH_PARENT, () => Decimal, 'Below it lie 95 of a hundred.')
  p95!: number;
}

@ObjectType({ description: 'What luck in the order and choice of trades could have made of them.' })
class TradeOrderTest implements TradeOrder {
  @Visible(WITH_PARENT, () => Count, 'Closed trades.')
  trades!: number;

  @Visible(WITH_PARENT, () => Count, 'Histories made of them in each of the two ways.')
  draws!: number;

  @Visible(WITH_PARENT, () => Decimal, 'Deepest fall from trade to trade as they were, in percent.')
  maxDrawdownPercent!: number;

  @Visible(WITH_PARENT, () => Money, 'Where they ended, in rupees.')
  finalEquity!: number;

  @Visible(WITH_PARENT, () => Percentiles, 'Deepest falls of the same trades in other orders.')
  shuffledMaxDrawdownPercent!: Spread;

  @Visible(
    WITH_PARENT,
    () => Percentiles,
    'Ends, in rupees, of as many trades drawn from all with repetition.',
  )
  drawnFinalEquity!: Spread;

  @Visible(WITH_PARENT, () => Percentiles, 'Deepest falls of those, in percent.')
  drawnMaxDrawdownPercent!: Spread;

  @Visible(WITH_PARENT, () => Decimal, 'Part of those that lost money, 0 to 1.')
  lossProbability!: number;
}

@ObjectType({ description: 'The run against runs on the same moves in another order.' })
class PermutationTest implements Permutation {
  @Visible(WITH_PARENT, () => Count, 'Orders tried.')
  permutations!: number;

  @Visible(WITH_PARENT, () => Percentiles, 'The aim on them.')
  aims!: Spread;

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Part of all orders, the real one with them, on which the aim is at least as high.',
  )
  pValue!: number;
}

@ObjectType({ description: 'A value of a parameter beside the one that was run.' })
class ParameterNeighbour implements Neighbour {
  @Visible(WITH_PARENT, () => Decimal, 'The value.')
  value!: number;

  @Visible(WITH_PARENT, () => Decimal, 'The aim with it.')
  aim!: number;
}

@ObjectType({ description: 'How much a result hangs on the exact value of a parameter.' })
class ParameterSensitivity implements Sensitivity {
  @Visible(WITH_PARENT, () => String, 'The parameter.')
  name!: string;

  @Visible(WITH_PARENT, () => Decimal, 'Its value in the run.')
  value!: number;

  @Visible(
    WITH_PARENT,
    () => [ParameterNeighbour],
    'Up to two steps to either side at which something was traded, rising.',
  )
  neighbours!: readonly Neighbour[];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'The lowest aim among them; that of the run where there are none.',
  )
  worstAim!: number;

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'How far the aim falls to it, in percent; null: that of the run is not above zero, or there are no neighbours.',
    { nullable: true },
  )
  fallPercent!: number | null;
}

@ObjectType({
  description:
    'Whether the result of a run deserves trust, by five examinations (docs/backtesting.md). Values that do not exist are null.',
})
export class BiasReport implements Partial<BiasReportView> {
  @Visible(WITH_PARENT, () => Decimal, 'The aim of the run as it was examined.', {
    nullable: true,
  })
  value!: number | null;

  @Visible(WITH_PARENT, () => Count, 'Start of its random numbers; the same one gives the same.')
  seed!: number;

  @Visible(WITH_PARENT, () => [String], 'How it was examined, in words.')
  basis!: readonly string[];

  @Visible(
    WITH_PARENT,
    () => LookAheadCheck,
    'Whether decisions know the future; null: the rules could not be played again.',
    { nullable: true },
  )
  lookAhead!: LookAhead | null;

  @Visible(WITH_PARENT, () => SampleComparison, 'Earlier against later; null: too few bars.', {
    nullable: true,
  })
  samples!: Samples | null;

  @Visible(WITH_PARENT, () => TradeOrderTest, 'Luck in the trades; null: fewer than two.', {
    nullable: true,
  })
  tradeOrder!: TradeOrder | null;

  @Visible(
    WITH_PARENT,
    () => PermutationTest,
    'Luck in the market; null: no trades, too few bars, or prices not above zero.',
    { nullable: true },
  )
  permutation!: Permutation | null;

  @Visible(WITH_PARENT, () => [ParameterSensitivity], 'One for each parameter that was moved.')
  sensitivity!: readonly Sensitivity[];
}

@Resolver(() => BiasReport)
export class BiasReportFields {
  @Derived(WITH_PARENT, () => BiasAim, 'The statistic that is judged by.')
  aim(@Root() { aim }: BiasReportView): keyof typeof BiasAim {
    return aimNames[aim];
  }

  @Derived(WITH_PARENT, () => [BiasFinding], 'All five in words, with a verdict each.')
  findings(@Root() report: BiasReportView): readonly Finding[] {
    return biasFindingsOf(report);
  }
}

@Resolver(() => ParameterSensitivity)
export class ParameterSensitivityFields {
  @Derived(
    WITH_PARENT,
    () => [Decimal],
    'Steps at which nothing was traded, so that no aim is there.',
  )
  untraded(@Root() { untraded }: Sensitivity): readonly number[] {
    return untraded ?? [];
  }
}
