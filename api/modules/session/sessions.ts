import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { SessionConnection } from './session.ts';

@Resolver()
export class SessionsQuery {
  @Access(SIGNED_IN, NO_KEY)
  @Query(() => SessionConnection, {
    description: 'The devices that are logged in to your account, newest first.',
  })
  sessions(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'sessionsOfUser', viewer.id, page);
  }
}
