import { Arg, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { GttView } from '@nandax/app/views/order.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { afterArgument, source } from '../../hub/source.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { Gtt } from './gtt.ts';

@ObjectType({ description: 'Something that happened to a GTT.' })
export class GttUpdate {
  @Visible(WITH_PARENT, () => Count, 'Its place in your log, to go on behind it.')
  sequence!: bigint;

  @Visible(WITH_PARENT, () => DateTime, 'When it happened, by the wall clock.')
  occurredAt!: Date;

  @Visible(WITH_PARENT, () => String, 'What happened, e.g. `GTT_TRIGGERED`.')
  type!: string;

  @Visible(WITH_PARENT, () => Gtt, 'The GTT as it was after the event.')
  gtt!: GttView;
}

@Resolver()
export class GttUpdatesSubscription {
  @Access(SIGNED_IN, READ)
  @Subscription(() => GttUpdate, {
    subscribe: source((hub, viewer, after) => hub.gttUpdates(viewer.id, after)),
    description:
      'Everything that happens to your GTTs. Give `after` to have what was missed replayed first, in order, nothing lost or repeated.',
  })
  gttUpdates(
    @Arg('after', () => Count, afterArgument) _after: bigint | null | undefined,
    @Root() update: GttUpdate,
  ): GttUpdate {
    return update;
  }
}
