import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { ReconciliationFindingConnection } from './reconciliation-finding.ts';

@Resolver()
export class ReconciliationFindingsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => ReconciliationFindingConnection, {
    description: 'Where your brokers’ books and ours differ or differed, newest first.',
  })
  reconciliationFindings(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('open', () => Boolean, {
      nullable: true,
      description: 'true: only those that have not ended; false: only those that have.',
    })
    open?: boolean | null,
  ) {
    const life = open == null ? null : open ? 'OPEN' : 'ENDED';
    return connect(loaders, 'findingsOfUser', viewer.id, page, life);
  }
}
