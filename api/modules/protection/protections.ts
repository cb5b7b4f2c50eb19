import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { ProtectionConnection, ProtectionStatus } from './protection.ts';

@Resolver()
export class ProtectionsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => ProtectionConnection, {
    description: 'Protections of your positions in all portfolios, newest first, ended ones too.',
  })
  protections(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('status', () => ProtectionStatus, {
      nullable: true,
      description: 'Only those in this status.',
    })
    status?: keyof typeof ProtectionStatus | null,
  ) {
    return connect(loaders, 'protectionsOfUser', viewer.id, page, status);
  }
}
