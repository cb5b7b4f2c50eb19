import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { confirmTotp } from '@nandax/app/second-factor/confirm-totp.ts';
import { Access, CredentialEndpoint, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { TooManyAttempts } from '../account/login-result.ts';
import { IllegalState } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { answerCodes } from './answer-codes.ts';
import { RecoveryCodes } from './second-factor.ts';
import { SecondFactorRefused } from './second-factor-failures.ts';

@InputType({ description: 'A first code of an authenticator app.' })
class ConfirmTotpInput {
  @InputField(() => String, 'The six digits that the app shows.')
  code!: string;
}

const ConfirmTotpResult = resultUnion(
  'ConfirmTotpResult',
  'Recovery codes, now that the app is set up, or why it is not.',
  () => RecoveryCodes,
  [SecondFactorRefused, TooManyAttempts, IllegalState],
);

@Resolver()
export class ConfirmTotpMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => ConfirmTotpResult, {
    description:
      'Finishes setting up an authenticator app; from now on logins ask for a second factor.',
  })
  async confirmTotp(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => ConfirmTotpInput, { description: 'A code of the app.' })
    { code }: ConfirmTotpInput,
  ) {
    return answerCodes(context, await confirmTotp(context.ports, { actor, code }));
  }
}
