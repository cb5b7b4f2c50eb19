import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import { installationChain, type AuditAction as Action } from '@nandax/app/ports/audit.ts';
import { Access } from '../../access/declare.ts';
import { ADMIN, NO_KEY } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { AuditAction } from './audit-action.ts';
import { AuditEventConnection } from './audit-event.ts';

@Resolver()
export class AuditEventsQuery {
  @Access(ADMIN, NO_KEY)
  @Query(() => AuditEventConnection, {
    description:
      'What happened on the whole installation, newest first, without the personal data of others.',
  })
  auditEvents(
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('userId', () => ID, {
      nullable: true,
      description: 'Only what concerns the account of this user; left out: of anybody.',
    })
    userId?: string | null,
    @Arg('action', () => AuditAction, {
      nullable: true,
      description: 'Only what is of this kind; left out: everything.',
    })
    action?: Action | null,
  ) {
    const filter = action ?? null;
    return typeof userId === 'string'
      ? connect(loaders, 'auditEventsOfUser', localIdOf('User', userId), page, filter)
      : connect(loaders, 'auditEventsOfAll', installationChain, page, filter);
  }
}
