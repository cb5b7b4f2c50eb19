import { Arg, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { NotificationView } from '@nandax/app/views/account.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { afterArgument, source } from '../../hub/source.ts';
import { Notification } from './notification.ts';

@ObjectType({ description: 'A notification that was written.' })
export class NotificationUpdate {
  @Visible(WITH_PARENT, () => Count, 'Its place in your log, to go on behind it.')
  sequence!: bigint;

  @Visible(WITH_PARENT, () => DateTime, 'When it happened, by the wall clock.')
  occurredAt!: Date;

  @Visible(WITH_PARENT, () => Notification, 'The notification.')
  notification!: NotificationView;
}

@Resolver()
export class NotificationsSubscription {
  @Access(SIGNED_IN, READ)
  @Subscription(() => NotificationUpdate, {
    subscribe: source((hub, viewer, after) => hub.notifications(viewer.id, after)),
    description:
      'What you are told. Give `after` to have what was missed replayed first, in order, nothing lost or repeated.',
  })
  notifications(
    @Arg('after', () => Count, afterArgument) _after: bigint | null | undefined,
    @Root() update: NotificationUpdate,
  ): NotificationUpdate {
    return update;
  }
}
