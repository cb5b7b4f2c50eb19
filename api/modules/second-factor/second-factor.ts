import { Int, ObjectType } from 'type-graphql';
import type { PasskeyView, SecondFactorView, UserView } from '@nandax/app/views/account.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER_IN_PERSON, WITH_PARENT } from '../../access/rules.ts';
import { Node } from '../../relay/node.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { User } from '../account/user.ts';

@ObjectType({ implements: Node, description: 'A passkey: it logs in by itself (WebAuthn).' })
export class Passkey implements Partial<PasskeyView> {
  @Visible(OWNER_IN_PERSON, () => String, 'Name for people.')
  name!: string;

  @Visible(OWNER_IN_PERSON, () => DateTime, 'When it was added.')
  createdAt!: Date;

  @Visible(OWNER_IN_PERSON, () => DateTime, 'When it last logged in; null: never yet.', {
    nullable: true,
  })
  lastUsedAt!: Date | null;

  @Visible(
    OWNER_IN_PERSON,
    () => Boolean,
    'Whether its maker keeps a copy, so that a lost device is no loss.',
  )
  backedUp!: boolean;
}

@ObjectType({ description: 'How a second factor can be shown.' })
export class SecondFactor implements SecondFactorView {
  @Visible(WITH_PARENT, () => Boolean, 'Whether an authenticator app is set up.')
  totp!: boolean;

  @Visible(WITH_PARENT, () => Int, 'Recovery codes that were not used yet.')
  recoveryCodesLeft!: number;

  @Visible(WITH_PARENT, () => [Passkey], 'Oldest first; 20 at most.')
  passkeys!: readonly PasskeyView[];
}

@ObjectType({ description: 'Codes that stand in for a lost second factor, once each.' })
export class RecoveryCodes {
  @Visible(WITH_PARENT, () => [String], 'Ten codes, shown this once: write them down.')
  codes!: readonly string[];

  @Visible(WITH_PARENT, () => User, 'Whose.')
  user!: UserView;
}
