import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { ReplaySessionConnection } from './replay-session.ts';

@Resolver()
export class ReplaySessionsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => ReplaySessionConnection, { description: 'Your replay sessions, newest first.' })
  replaySessions(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'replaySessionsOfUser', viewer.id, page);
  }
}
