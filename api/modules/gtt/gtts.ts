import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { GttConnection, GttStatus } from './gtt.ts';

@Resolver()
export class GttsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => GttConnection, {
    description: 'Your GTTs in all portfolios, newest first, ended ones too.',
  })
  gtts(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('status', () => GttStatus, { nullable: true, description: 'Only those in this status.' })
    status?: keyof typeof GttStatus | null,
  ) {
    return connect(loaders, 'gttsOfUser', viewer.id, page, status);
  }
}
