import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import type { RiskScope as RiskScopeName } from '@nandax/core/risk/risk-limits.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { RiskLimitsConnection } from './risk-limits.ts';
import { checkAdministrator, RiskScope } from './risk-scope.ts';

@Resolver()
export class RiskLimitsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => RiskLimitsConnection, {
    description:
      'Limits of yourself and of your strategies, portfolios and agents, with what is used of them. Agents and strategies are there once limits were set for them.',
  })
  riskLimits(
    @Viewer() viewer: UserView,
    @Ctx() { actor, loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('scope', () => RiskScope, {
      nullable: true,
      description: 'Only those of this scope. PLATFORM is for administrators.',
    })
    scope?: RiskScopeName | null,
  ) {
    if (scope !== 'PLATFORM') return connect(loaders, 'riskLimitsOfUser', viewer.id, page, scope);
    checkAdministrator(viewer, actor);
    return connect(loaders, 'riskLimitsOfPlatform', viewer.id, page);
  }
}
