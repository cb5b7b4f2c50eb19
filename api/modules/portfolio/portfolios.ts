import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { PortfolioConnection } from './portfolio.ts';

@Resolver()
export class PortfoliosQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => PortfolioConnection, { description: 'Your portfolios, newest first.' })
  portfolios(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'portfoliosOfUser', viewer.id, page);
  }
}
