import { Int, ObjectType } from 'type-graphql';
import type { SecondFactorMethod as Method } from '@nandax/app/ports/second-factor.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { Failure, InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { User } from './user.ts';

export const SecondFactorMethod = enumOf('SecondFactorMethod', 'How a second factor is shown.', {
  TOTP: 'A six-digit code of an authenticator app.',
  PASSKEY: 'A passkey or security key (WebAuthn).',
  RECOVERY_CODE: 'One of the codes that were written down when the second factor was set up.',
} satisfies Record<Method, string>);

@ObjectType({
  description:
    'A program’s session: send the access token as `Authorization: Bearer`, and the refresh token once, for the next pair.',
})
export class IssuedTokens {
  @Visible(WITH_PARENT, () => String, 'JWT that opens the API until it expires.')
  accessToken!: string;

  @Visible(WITH_PARENT, () => DateTime, 'When the access token ends.')
  accessTokenExpiresAt!: Date;

  @Visible(
    WITH_PARENT,
    () => String,
    'Works once, for `refreshTokens`; used twice, it ends the session.',
  )
  refreshToken!: string;

  @Visible(WITH_PARENT, () => DateTime, 'When the refresh token ends, if it is not used.')
  refreshTokenExpiresAt!: Date;
}

@ObjectType({ description: 'Someone is logged in.' })
export class LoggedIn {
  @Visible(WITH_PARENT, () => User, 'Who.')
  user!: UserView;

  @Visible(
    WITH_PARENT,
    () => IssuedTokens,
    'Of a program’s session; null: a browser’s, by cookie.',
    {
      nullable: true,
    },
  )
  tokens!: Pick<IssuedTokens, keyof IssuedTokens> | null;
}

@ObjectType({
  implements: Failure,
  description: 'The password is right; a second factor has to be shown next.',
})
export class SecondFactorRequired extends Failure {
  @Visible(WITH_PARENT, () => String, 'Stands for this login in the next step; keep it secret.')
  secret!: string;

  @Visible(WITH_PARENT, () => DateTime, 'Until when the next step has to be taken.')
  expiresAt!: Date;

  @Visible(WITH_PARENT, () => [SecondFactorMethod], 'Ways that are set up for this account.')
  methods!: Method[];
}

@ObjectType({ implements: Failure, description: 'Email and password do not belong together.' })
export class InvalidCredentials extends Failure {}

@ObjectType({
  implements: Failure,
  description: 'Too many wrong attempts for this account from your network.',
})
export class TooManyAttempts extends Failure {
  @Visible(WITH_PARENT, () => Int, 'Seconds until the next attempt.')
  retryAfterSeconds!: number;
}

@ObjectType({
  implements: Failure,
  description: 'The password is right, and the account was suspended by an administrator.',
})
export class AccountSuspended extends Failure {}

@ObjectType({
  implements: Failure,
  description: 'The password is right, and the account was deleted; it can still be restored.',
})
export class AccountDeletionPending extends Failure {
  @Visible(WITH_PARENT, () => DateTime, 'After this its personal data are erased.')
  erasedAfter!: Date;
}

export const LoginResult = resultUnion(
  'LoginResult',
  'Who is logged in, or what is still asked for, or why nobody is.',
  () => LoggedIn,
  [
    SecondFactorRequired,
    InvalidCredentials,
    TooManyAttempts,
    AccountSuspended,
    AccountDeletionPending,
    InvalidInput,
  ],
);
