import { ObjectType } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime } from '../../scalars/scalars.ts';

export const UserRole = enumOf('UserRole', 'What a user may do.', {
  USER: 'Trades on their own account.',
  PREMIUM: 'The same, with higher limits.',
  ADMIN: 'Runs the installation.',
} satisfies Record<UserView['role'], string>);

export const SubscriptionTier = enumOf('SubscriptionTier', 'What a user’s plan includes.', {
  FREE: 'The plan everyone begins with.',
  BASIC: 'The first paid plan.',
  PRO: 'The plan of active traders.',
  ENTERPRISE: 'The plan of firms.',
} satisfies Record<UserView['tier'], string>);

@ObjectType({ implements: Node, description: 'A person with an account on this installation.' })
export class User implements Partial<UserView> {
  @Visible(OWNER, () => String, 'Address they log in with, in lower case.')
  email!: string;

  @Visible(OWNER, () => String, 'Name for people.')
  displayName!: string;

  @Visible(OWNER, () => UserRole, 'What they may do.')
  role!: UserView['role'];

  @Visible(OWNER, () => SubscriptionTier, 'Their plan.')
  tier!: UserView['tier'];

  @Visible(OWNER, () => Boolean, 'Whether a letter tells them of logins from new devices.')
  loginLetters!: boolean;

  @Visible(OWNER, () => DateTime, 'When they registered.')
  createdAt!: Date;

  @Visible(OWNER, () => DateTime, 'When they last logged in; null: not since registering.', {
    nullable: true,
  })
  lastLoginAt!: Date | null;
}
