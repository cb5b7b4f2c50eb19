import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { ADMIN, NO_KEY } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { AccountStatus, ManagedAccountConnection } from './managed-account.ts';

@Resolver()
export class AccountsQuery {
  @Access(ADMIN, NO_KEY)
  @Query(() => ManagedAccountConnection, {
    description: 'All accounts of this installation, newest first. For administrators.',
  })
  accounts(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Only those with this in their address or name, whatever its case.',
    })
    search?: string | null,
    @Arg('status', () => AccountStatus, {
      nullable: true,
      description: 'Only those that stand so.',
    })
    status?: keyof typeof AccountStatus | null,
  ) {
    return connect(loaders, 'accounts', viewer.id, page, `${status ?? ''}:${search ?? ''}`);
  }
}
