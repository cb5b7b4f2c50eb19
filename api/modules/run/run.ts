import { InterfaceType, ObjectType } from 'type-graphql';
import type { RunView } from '@nandax/app/views.ts';
import type { RunFigures } from '@nandax/app/runs/run-figures.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { typeNameOf } from '../../relay/global-id.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Count, DateTime, Decimal, Money } from '../../scalars/scalars.ts';
import { ChargeBreakdown } from '../charges/charge-breakdown.ts';

export const RunKind = enumOf('RunKind', 'In which world a strategy ran.', {
  BACKTEST: 'On recorded history, at once.',
  PAPER: 'On a feed, with play money.',
  LIVE: 'On the market, with real money.',
} satisfies Record<RunView['kind'], string>);

export const RunStatus = enumOf('RunStatus', 'Where in its life a run is.', {
  QUEUED: 'Waiting for its turn.',
  RUNNING: 'Under way.',
  PAUSED: 'Held; it can go on.',
  COMPLETED: 'Came to its end.',
  STOPPED: 'Ended by its user.',
  FAILED: 'Ended by a fault; the reason is told.',
} satisfies Record<RunView['status'], string>);

@ObjectType({
  description:
    'The figures of a run, by the standard convention: Sharpe of daily returns, 252 days a year, no risk-free rate. A value that does not exist is null.',
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
}

@InterfaceType({
  implements: Node,
  description:
    'One version of a strategy, bound to a market: the same shape for backtest, paper and live.',
  resolveType: typeNameOf,
})
export abstract class Run implements Partial<RunView> {
  @Visible(OWNER, () => RunKind, 'In which world it ran.')
  kind!: RunView['kind'];

  @Visible(OWNER, () => RunStatus, 'Where in its life it is.')
  status!: RunView['status'];

  @Visible(OWNER, () => Money, 'Rupees it began with.')
  initialCapital!: RunView['initialCapital'];

  @Visible(OWNER, () => DateTime, 'When it was made, by the wall clock.')
  createdAt!: Date;

  @Visible(OWNER, () => DateTime, 'When it began, by the wall clock; null: it waits.', {
    nullable: true,
  })
  startedAt!: Date | null;

  @Visible(OWNER, () => DateTime, 'When it ended, by the wall clock; null: it has not.', {
    nullable: true,
  })
  endedAt!: Date | null;

  @Visible(OWNER, () => String, 'Why it failed; null: it did not.', { nullable: true })
  failureReason!: string | null;
}

@ObjectType({ implements: [Node, Run], description: 'A run on recorded history.' })
export class BacktestRun {}

@ObjectType({
  implements: [Node, Run],
  description: 'A run of an agent on a feed, with play money.',
})
export class PaperRun {}

@ObjectType({
  implements: [Node, Run],
  description: 'A run of an agent on the market, with real money.',
})
export class LiveRun {}

export const RunConnection = connectionOf('Run', () => Run);
