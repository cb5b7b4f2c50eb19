import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { ApiKeyConnection } from './api-key.ts';

@Resolver()
export class ApiKeysQuery {
  @Access(SIGNED_IN, NO_KEY)
  @Query(() => ApiKeyConnection, {
    description: 'Your API keys, newest first, those that have ended too.',
  })
  apiKeys(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'apiKeysOfUser', viewer.id, page);
  }
}
