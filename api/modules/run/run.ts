import { InterfaceType, ObjectType } from 'type-graphql';
import type { RunView } from '@nandax/app/views/strategy.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { typeNameOf } from '../../relay/global-id.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { FillModel } from '../replay/fill-model.ts';
import { DateTime, Money } from '../../scalars/scalars.ts';

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

  @Visible(OWNER, () => FillModel, 'How its orders filled at the simulated exchange.')
  fillModel!: RunView['fillModel'];

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
