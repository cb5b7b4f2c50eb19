import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { BrokerAccountConnection } from './broker-account.ts';

@Resolver()
export class BrokerConnectionsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => BrokerAccountConnection, {
    description: 'Your connections to brokers, newest first.',
  })
  brokerConnections(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'brokerAccountsOfUser', viewer.id, page);
  }
}
