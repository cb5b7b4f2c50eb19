import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { RiskLockConnection } from './risk-lock.ts';
import { checkAdministrator } from './risk-scope.ts';

@Resolver()
export class RiskLocksQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => RiskLockConnection, {
    description:
      'Locks of yourself and of your portfolios, strategies and agents, newest first, ended ones too.',
  })
  riskLocks(
    @Viewer() viewer: UserView,
    @Ctx() { actor, loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('ofPlatform', () => Boolean, {
      defaultValue: false,
      description: 'Those of the whole installation in place of yours. For administrators.',
    })
    ofPlatform: boolean,
  ) {
    if (!ofPlatform) return connect(loaders, 'riskLocksOfUser', viewer.id, page);
    checkAdministrator(viewer, actor);
    return connect(loaders, 'riskLocksOfPlatform', viewer.id, page);
  }
}
