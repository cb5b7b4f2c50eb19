import { Ctx, Resolver, Root } from 'type-graphql';
import { installationChain } from '@nandax/app/ports/audit.ts';
import type { AuditEventView, ManagedAccountView } from '@nandax/app/views/account.ts';
import { Derived } from '../../access/declare.ts';
import { ADMIN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { AuditEvent } from '../audit/audit-event.ts';
import { ManagedAccount } from './managed-account.ts';

@Resolver(() => AuditEvent)
export class AuditedAccountField {
  @Derived(
    ADMIN,
    () => ManagedAccount,
    'The account it concerns; null: it concerns the installation. For administrators.',
    { nullable: true },
  )
  account(
    @Root() { ownerId }: AuditEventView,
    @Ctx() { loaders }: Context,
  ): Promise<ManagedAccountView | null> | null {
    return ownerId === installationChain ? null : loaders.managedAccount.load(ownerId);
  }
}
