import { ObjectType, Resolver, Root } from 'type-graphql';
import type { RunFigures } from '@nandax/app/runs/run-figures.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { Count, DateTime, Decimal, Money } from '../../scalars/scalars.ts';
import { ChargeBreakdown } from '../charges/charge-breakdown.ts';

@ObjectType({
  description:
    'The figures of a run, by the standard convention: ratios are of daily returns, 252 days a year, no risk-free rate. A value that does not exist is null.',
})
export class RunStatistics implements Partial<RunFigures> {
  @Visible(WITH_PARENT, () => Money, 'Rupees it began with.')
  initialCapital!: RunFigures['initialCapital'];

  @Visible(WITH_PARENT, () => Money, 'Equity at its end, or now, in rupees.')
  finalEquity!: RunFigures['finalEquity'];

  @Visible(WITH_PARENT, () => Money, 'Gain of closed trades before charges, in rupees.')
  grossPnl!: RunFigures['grossPnl'];

  @Visible(WITH_PARENT, () => Money, 'Gain of closed trades less all charges, in rupees.')
  netPnl!: RunFigures['netPnl'];

  @Visible(
    WITH_PARENT,
    () => Money,
    'What positions still open have gained or lost over the range, in rupees: with netPnl, all that was made.',
  )
  openPnl!: RunFigures['openPnl'];

  @Visible(WITH_PARENT, () => ChargeBreakdown, 'All charges, those of trades still open included.')
  charges!: RunFigures['charges'];

  @Visible(WITH_PARENT, () => Count, 'Closed trades.')
  totalTrades!: number;

  @Visible(WITH_PARENT, () => Count, 'Trades that gained after their charges.')
  winningTrades!: number;

  @Visible(WITH_PARENT, () => Count, 'Trades that lost after their charges.')
  losingTrades!: number;

  @Visible(WITH_PARENT, () => Decimal, 'Part of the trades that gained, 0 to 1; null: no trades.', {
    nullable: true,
  })
  winRate!: RunFigures['winRate'];

  @Visible(WITH_PARENT, () => Decimal, 'Final equity over initial capital, less one, in percent.', {
    nullable: true,
  })
  roiPercent!: RunFigures['roiPercent'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Deepest fall below the highest equity before, in percent, 0 or negative.',
    {
      nullable: true,
    },
  )
  maxDrawdownPercent!: RunFigures['maxDrawdownPercent'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Sharpe ratio a year; null: under two days, or no variation.',
    {
      nullable: true,
    },
  )
  sharpeRatio!: RunFigures['sharpeRatio'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Rupees won over rupees lost, after charges; null: no loss.',
    {
      nullable: true,
    },
  )
  profitFactor!: RunFigures['profitFactor'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Mean gain of a trade after charges, in rupees; null: no trades.',
    {
      nullable: true,
    },
  )
  expectancy!: RunFigures['expectancy'];

  @Visible(WITH_PARENT, () => Decimal, 'Compound annual growth in percent; null: no day yet.', {
    nullable: true,
  })
  cagrPercent!: RunFigures['cagrPercent'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Deviation of daily returns a year, in percent; null: under two days.',
    {
      nullable: true,
    },
  )
  volatilityPercent!: RunFigures['volatilityPercent'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Mean return over downside deviation a year; null: under two days, or none that lost.',
    {
      nullable: true,
    },
  )
  sortinoRatio!: RunFigures['sortinoRatio'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Annual growth over the deepest drawdown of closing equity; null: there is none.',
    {
      nullable: true,
    },
  )
  calmarRatio!: RunFigures['calmarRatio'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Market time from the high before the deepest drawdown until it was made good, or until now; null: there is none.',
    {
      nullable: true,
    },
  )
  maxDrawdownSeconds!: RunFigures['maxDrawdownSeconds'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Daily return that one day in twenty fell short of, in percent; null: no day yet.',
    {
      nullable: true,
    },
  )
  valueAtRiskPercent!: RunFigures['valueAtRiskPercent'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Mean of the worst twentieth of daily returns, in percent; null: no day yet.',
    {
      nullable: true,
    },
  )
  expectedShortfallPercent!: RunFigures['expectedShortfallPercent'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Mean gain of the trades that won, after charges, in rupees; null: none did.',
    {
      nullable: true,
    },
  )
  averageWin!: RunFigures['averageWin'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Mean loss of the trades that lost, after charges, in rupees, negative; null: none did.',
    {
      nullable: true,
    },
  )
  averageLoss!: RunFigures['averageLoss'];

  @Visible(WITH_PARENT, () => Decimal, 'Mean market time from entry to exit; null: no trades.', {
    nullable: true,
  })
  averageHoldingSeconds!: RunFigures['averageHoldingSeconds'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Mean over deviation of the gains of trades, times the root of their number; null: under two trades, or no variation.',
    {
      nullable: true,
    },
  )
  systemQualityNumber!: RunFigures['systemQualityNumber'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Share of the time with a position, in percent; null: no time yet.',
    {
      nullable: true,
    },
  )
  exposurePercent!: RunFigures['exposurePercent'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Half of what was bought and sold over the mean equity: 1 when it was turned over once; null: no time yet.',
    {
      nullable: true,
    },
  )
  turnover!: RunFigures['turnover'];
}

@Resolver(() => RunStatistics)
export class RunStatisticsFields {
  @Derived(
    WITH_PARENT,
    () => DateTime,
    'When equity stood highest before the deepest drawdown; null: at the very beginning, or there is none.',
    { nullable: true },
  )
  maxDrawdownPeakAt(@Root() { maxDrawdownPeakAt }: RunFigures): Date | null {
    return instantOf(maxDrawdownPeakAt);
  }

  @Derived(
    WITH_PARENT,
    () => DateTime,
    'When the deepest drawdown was deepest; null: there is none.',
    {
      nullable: true,
    },
  )
  maxDrawdownTroughAt(@Root() { maxDrawdownTroughAt }: RunFigures): Date | null {
    return instantOf(maxDrawdownTroughAt);
  }

  @Derived(
    WITH_PARENT,
    () => DateTime,
    'When the deepest drawdown was made good; null: not yet, or there is none.',
    { nullable: true },
  )
  maxDrawdownRecoveredAt(@Root() { maxDrawdownRecoveredAt }: RunFigures): Date | null {
    return instantOf(maxDrawdownRecoveredAt);
  }
}

function instantOf(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
