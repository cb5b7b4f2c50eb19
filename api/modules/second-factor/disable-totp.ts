import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { disableTotp } from '@nandax/app/second-factor/disable-totp.ts';
import { Access, CredentialEndpoint } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { InvalidCredentials, TooManyAttempts } from '../account/login-result.ts';
import { User } from '../account/user.ts';
import { answer } from '../failure/answer.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OwnCodeInput } from './own-code-input.ts';
import { SecondFactorRefused } from './second-factor-failures.ts';

const DisableTotpResult = resultUnion(
  'DisableTotpResult',
  'The user without an authenticator app, or why it stays.',
  () => User,
  [InvalidCredentials, TooManyAttempts, SecondFactorRefused],
);

@Resolver()
export class DisableTotpMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => DisableTotpResult, {
    description:
      'Takes the authenticator app away. Without a passkey, logins ask for no second factor then, and recovery codes go too.',
  })
  async disableTotp(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => OwnCodeInput, { description: 'Your password and a code.' })
    { password, code }: OwnCodeInput,
  ) {
    return answer(context, 'User', await disableTotp(context.ports, { actor, password, code }));
  }
}
