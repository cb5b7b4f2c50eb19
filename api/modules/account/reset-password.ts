import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { resetPassword } from '@nandax/app/accounts/reset-password.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { ANYONE, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidInput } from '../failure/failure.ts';
import { InvalidToken } from '../failure/invalid-token.ts';
import { resultUnion } from '../failure/result-union.ts';
import { originOf } from './acting-user.ts';

@InputType({ description: 'A new password, by the link of a letter.' })
class ResetPasswordInput {
  @InputField(() => String, 'The `token` of the link.')
  token!: string;

  @InputField(() => String, 'The new password, 8 to 200 characters that are not easily guessed.')
  password!: string;

  @InputField(() => Boolean, 'Whether API keys stay good; without it they are revoked.', {
    defaultValue: false,
  })
  keepApiKeys!: boolean;
}

@ObjectType({
  description: 'The password is replaced and all sessions have ended; its owner logs in next.',
})
export class PasswordReset {
  @Visible(WITH_PARENT, () => Boolean, 'Whether API keys were kept.')
  apiKeysKept!: boolean;
}

const ResetPasswordResult = resultUnion(
  'ResetPasswordResult',
  'The new password counts, or why not.',
  () => PasswordReset,
  [InvalidToken, InvalidInput],
);

@Resolver()
export class ResetPasswordMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => ResetPasswordResult, {
    description:
      'Replaces a forgotten password and ends all sessions. A second factor that is set up stays asked for.',
  })
  async resetPassword(
    @Ctx() context: Context,
    @Arg('input', () => ResetPasswordInput, { description: 'The link and the new password.' })
    { token, password, keepApiKeys }: ResetPasswordInput,
  ) {
    const origin = originOf(context);
    const input = { token, password, keepApiKeys, ...origin };
    const result = await resetPassword(context.ports, input);
    if (!result.ok) return contractFailure(result.failure);
    return { __typename: 'PasswordReset', apiKeysKept: keepApiKeys };
  }
}
