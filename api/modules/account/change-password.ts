import { Arg, Ctx, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { changePassword } from '@nandax/app/accounts/change-password.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { actingUser } from './acting-user.ts';
import { InvalidCredentials, TooManyAttempts } from './login-result.ts';

@InputType({ description: 'Another password for your account.' })
class ChangePasswordInput {
  @InputField(() => String, 'The password you have.')
  currentPassword!: string;

  @InputField(() => String, 'The new one, 8 to 200 characters that are not easily guessed.')
  newPassword!: string;

  @InputField(() => Boolean, 'Whether API keys stay good; without it they are revoked.', {
    defaultValue: false,
  })
  keepApiKeys!: boolean;
}

@ObjectType({ description: 'The password is another one now, and this session goes on.' })
export class PasswordChanged {
  @Visible(WITH_PARENT, () => Int, 'How many other sessions ended.')
  sessionsEnded!: number;

  @Visible(WITH_PARENT, () => Int, 'How many API keys were revoked.')
  apiKeysRevoked!: number;
}

const ChangePasswordResult = resultUnion(
  'ChangePasswordResult',
  'What ended with the old password, or why it still counts.',
  () => PasswordChanged,
  [InvalidCredentials, TooManyAttempts, InvalidInput],
);

@Resolver()
export class ChangePasswordMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => ChangePasswordResult, {
    description:
      'Changes your password. This session goes on; all others and their sockets end, and API keys unless you keep them.',
  })
  async changePassword(
    @Ctx() context: Context,
    @Arg('input', () => ChangePasswordInput, { description: 'The old and the new.' })
    { currentPassword, newPassword, keepApiKeys }: ChangePasswordInput,
  ) {
    const actor = actingUser(context);
    const input = { actor, currentPassword, newPassword, keepApiKeys };
    const result = await changePassword(context.ports, input);
    if (!result.ok) return contractFailure(result.failure);
    const { sessionsEnded, apiKeysRevoked } = result.value;
    return { __typename: 'PasswordChanged', sessionsEnded, apiKeysRevoked };
  }
}
