import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { NotificationConnection } from './notification.ts';

@Resolver()
export class NotificationsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => NotificationConnection, { description: 'What you were told, newest first.' })
  notifications(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'notificationsOfUser', viewer.id, page);
  }
}
