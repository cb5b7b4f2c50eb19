import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { StrategyConnection, StrategyStatus } from './strategy.ts';

@Resolver()
export class StrategiesQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => StrategyConnection, { description: 'Your strategies, newest first.' })
  strategies(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('status', () => StrategyStatus, {
      nullable: true,
      description: 'Only those in this status.',
    })
    status?: keyof typeof StrategyStatus | null,
  ) {
    return connect(loaders, 'strategiesOfUser', viewer.id, page, status);
  }
}
