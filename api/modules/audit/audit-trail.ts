import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { AuditAction as Action } from '@nandax/app/ports/audit.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { AuditAction } from './audit-action.ts';
import { AuditEventConnection } from './audit-event.ts';

@Resolver()
export class AuditTrailQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => AuditEventConnection, {
    description: 'What happened to your account and in its name, newest first.',
  })
  auditTrail(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('action', () => AuditAction, {
      nullable: true,
      description: 'Only what is of this kind; left out: everything.',
    })
    action?: Action | null,
  ) {
    return connect(loaders, 'auditEventsOfUser', viewer.id, page, action ?? null);
  }
}
