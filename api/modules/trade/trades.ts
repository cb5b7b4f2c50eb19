import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { TradeConnection, TradeStatus } from './trade.ts';

@Resolver()
export class TradesQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => TradeConnection, {
    description: 'Your trades of paper and live runs and by hand, newest first.',
  })
  trades(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('status', () => TradeStatus, { nullable: true, description: 'Only those in this status.' })
    status?: keyof typeof TradeStatus | null,
  ) {
    return connect(loaders, 'tradesOfUser', viewer.id, page, status);
  }
}
