import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { removePasskey } from '@nandax/app/second-factor/remove-passkey.ts';
import { Access, CredentialEndpoint, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { InvalidCredentials, TooManyAttempts } from '../account/login-result.ts';
import { User } from '../account/user.ts';
import { answer } from '../failure/answer.ts';
import { NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';

@InputType({ description: 'A passkey to remove.' })
class RemovePasskeyInput {
  @InputField(() => ID, 'The passkey.')
  id!: string;

  @InputField(() => String, 'Your password, once more.')
  password!: string;
}

const RemovePasskeyResult = resultUnion(
  'RemovePasskeyResult',
  'The user without the passkey, or why it stays.',
  () => User,
  [NotFound, InvalidCredentials, TooManyAttempts],
);

@Resolver()
export class RemovePasskeyMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => RemovePasskeyResult, {
    description:
      'Removes a passkey. Without another factor, logins ask for none then, and recovery codes go too.',
  })
  async removePasskey(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => RemovePasskeyInput, { description: 'Which one.' })
    { id, password }: RemovePasskeyInput,
  ) {
    const passkeyId = localIdOf('Passkey', id);
    const result = await removePasskey(context.ports, { actor, passkeyId, password });
    return answer(context, 'User', result);
  }
}
