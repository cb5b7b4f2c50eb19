import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { OrderConnection } from './order.ts';
import { OrderStatus } from './order-terms.ts';

@Resolver()
export class OrdersQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => OrderConnection, { description: 'Your orders in all portfolios, newest first.' })
  orders(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('status', () => OrderStatus, { nullable: true, description: 'Only those in this status.' })
    status?: keyof typeof OrderStatus | null,
  ) {
    return connect(loaders, 'ordersOfUser', viewer.id, page, status);
  }
}
