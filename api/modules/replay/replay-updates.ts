import { Arg, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { ReplaySessionView } from '@nandax/app/views/market.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { afterArgument, source } from '../../hub/source.ts';
import { ReplaySession } from './replay-session.ts';

@ObjectType({ description: 'A replay that changed.' })
export class ReplayUpdate {
  @Visible(
    WITH_PARENT,
    () => Count,
    'Its place in your log, to go on behind it; null: its clock.',
    {
      nullable: true,
    },
  )
  sequence!: bigint | null;

  @Visible(WITH_PARENT, () => DateTime, 'When it happened, by the wall clock.')
  occurredAt!: Date;

  @Visible(WITH_PARENT, () => ReplaySession, 'The replay as it was after the event.')
  replaySession!: ReplaySessionView;
}

@Resolver()
export class ReplayUpdatesSubscription {
  @Access(SIGNED_IN, READ)
  @Subscription(() => ReplayUpdate, {
    subscribe: source((hub, viewer, after) => hub.replayUpdates(viewer.id, after)),
    description:
      'Where in their life your replays are, and their clocks. Give `after` to have what was missed replayed first, in order, nothing lost or repeated.',
  })
  replayUpdates(
    @Arg('after', () => Count, afterArgument) _after: bigint | null | undefined,
    @Root() update: ReplayUpdate,
  ): ReplayUpdate {
    return update;
  }
}
