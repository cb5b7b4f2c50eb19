import { ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { ManagedAccountView } from '@nandax/app/views/account.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { ADMIN } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { globalIdOf } from '../../relay/global-id.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { SubscriptionTier, UserRole } from '../account/user.ts';

export const AccountStatus = enumOf('AccountStatus', 'Whether an account can be used.', {
  ACTIVE: 'It can.',
  SUSPENDED: 'An administrator closed it.',
  DELETED: 'Its user deleted it; it may be erased already.',
});

@ObjectType({
  implements: Node,
  description:
    'An account as an administrator sees it: who it is and how it stands, and nothing of what it trades or keeps secret.',
})
export class ManagedAccount implements Partial<ManagedAccountView> {
  @Visible(ADMIN, () => String, 'Address it is logged in to with.')
  email!: string;

  @Visible(ADMIN, () => String, 'Name for people.')
  displayName!: string;

  @Visible(ADMIN, () => UserRole, 'What its user may do.')
  role!: ManagedAccountView['role'];

  @Visible(ADMIN, () => SubscriptionTier, 'Its plan.')
  tier!: ManagedAccountView['tier'];

  @Visible(ADMIN, () => Boolean, 'Whether a second factor is set up.')
  secondFactor!: boolean;

  @Visible(ADMIN, () => DateTime, 'When it was registered.')
  createdAt!: Date;

  @Visible(ADMIN, () => DateTime, 'When it was last logged in to; null: never.', { nullable: true })
  lastLoginAt!: Date | null;

  @Visible(ADMIN, () => DateTime, 'When it was suspended; null: it is not.', { nullable: true })
  suspendedAt!: Date | null;

  @Visible(ADMIN, () => String, 'Why it was suspended.', { nullable: true })
  suspensionReason!: string | null;

  @Visible(ADMIN, () => DateTime, 'When its user deleted it; null: they did not.', {
    nullable: true,
  })
  deletedAt!: Date | null;

  @Visible(ADMIN, () => DateTime, 'When its personal data were erased; null: they were not.', {
    nullable: true,
  })
  erasedAt!: Date | null;
}

@Resolver(() => ManagedAccount)
export class ManagedAccountFields {
  @Derived(ADMIN, () => ID, 'Global id of its user, by which `auditEvents` knows it.')
  userId(@Root() account: ManagedAccountView): string {
    return globalIdOf('User', account.id);
  }
}

export const ManagedAccountConnection = connectionOf('ManagedAccount', () => ManagedAccount);
