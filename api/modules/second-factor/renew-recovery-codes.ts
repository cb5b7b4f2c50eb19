import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { renewRecoveryCodes } from '@nandax/app/second-factor/renew-recovery-codes.ts';
import { Access, CredentialEndpoint } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { InvalidCredentials, TooManyAttempts } from '../account/login-result.ts';
import { resultUnion } from '../failure/result-union.ts';
import { answerCodes } from './answer-codes.ts';
import { OwnCodeInput } from './own-code-input.ts';
import { RecoveryCodes } from './second-factor.ts';
import { SecondFactorRefused } from './second-factor-failures.ts';

const RenewRecoveryCodesResult = resultUnion(
  'RenewRecoveryCodesResult',
  'Fresh recovery codes, or why the earlier ones stay.',
  () => RecoveryCodes,
  [InvalidCredentials, TooManyAttempts, SecondFactorRefused],
);

@Resolver()
export class RenewRecoveryCodesMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => RenewRecoveryCodesResult, {
    description: 'Makes ten fresh recovery codes; the earlier ones do not work any more.',
  })
  async renewRecoveryCodes(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => OwnCodeInput, { description: 'Your password and a code.' })
    { password, code }: OwnCodeInput,
  ) {
    const result = await renewRecoveryCodes(context.ports, { actor, password, code });
    return answerCodes(context, result);
  }
}
