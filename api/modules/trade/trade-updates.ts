import { Arg, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { TradeView } from '@nandax/app/views/portfolio.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { afterArgument, source } from '../../hub/source.ts';
import { Trade } from './trade.ts';

@ObjectType({ description: 'A trade that was entered or left.' })
export class TradeUpdate {
  @Visible(WITH_PARENT, () => Count, 'Its place in your log, to go on behind it.')
  sequence!: bigint;

  @Visible(WITH_PARENT, () => DateTime, 'When it happened, by the wall clock.')
  occurredAt!: Date;

  @Visible(WITH_PARENT, () => String, 'What happened, e.g. `TRADE_CLOSED`.')
  type!: string;

  @Visible(WITH_PARENT, () => Trade, 'The trade as it was after the event.')
  trade!: TradeView;
}

@Resolver()
export class TradeUpdatesSubscription {
  @Access(SIGNED_IN, READ)
  @Subscription(() => TradeUpdate, {
    subscribe: source((hub, viewer, after) => hub.tradeUpdates(viewer.id, after)),
    description:
      'Trades entered and left. Give `after` to have what was missed replayed first, in order, nothing lost or repeated.',
  })
  tradeUpdates(
    @Arg('after', () => Count, afterArgument) _after: bigint | null | undefined,
    @Root() update: TradeUpdate,
  ): TradeUpdate {
    return update;
  }
}
