import { Arg, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { OrderView } from '@nandax/app/views/order.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { afterArgument, source } from '../../hub/source.ts';
import { Order } from './order.ts';

@ObjectType({ description: 'Something that happened to an order.' })
export class OrderUpdate {
  @Visible(WITH_PARENT, () => Count, 'Its place in your log, to go on behind it.')
  sequence!: bigint;

  @Visible(WITH_PARENT, () => DateTime, 'When it happened, by the wall clock.')
  occurredAt!: Date;

  @Visible(WITH_PARENT, () => String, 'What happened, e.g. `ORDER_FILLED`.')
  type!: string;

  @Visible(WITH_PARENT, () => Order, 'The order as it was after the event.')
  order!: OrderView;
}

@Resolver()
export class OrderUpdatesSubscription {
  @Access(SIGNED_IN, READ)
  @Subscription(() => OrderUpdate, {
    subscribe: source((hub, viewer, after) => hub.orderUpdates(viewer.id, after)),
    description:
      'Everything that happens to your orders. Give `after` to have what was missed replayed first, in order, nothing lost or repeated.',
  })
  orderUpdates(
    @Arg('after', () => Count, afterArgument) _after: bigint | null | undefined,
    @Root() update: OrderUpdate,
  ): OrderUpdate {
    return update;
  }
}
