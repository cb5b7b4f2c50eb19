import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { changeEmail } from '@nandax/app/accounts/change-email.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { actingUser } from './acting-user.ts';
import { InvalidCredentials, TooManyAttempts } from './login-result.ts';

@InputType({ description: 'Another address for your account.' })
class ChangeEmailInput {
  @InputField(() => String, 'The new address; its case does not matter.')
  newEmail!: string;

  @InputField(() => String, 'Your password.')
  password!: string;
}

@ObjectType({
  description: 'A letter with a link went to the new address; until it is opened, nothing changes.',
})
export class EmailChangeRequested {
  @Visible(WITH_PARENT, () => String, 'The new address, in lower case.')
  newEmail!: string;

  @Visible(
    WITH_PARENT,
    () => Boolean,
    'Whether letters stay in the local outbox of this installation, because it has no mail server.',
  )
  letterInOutbox!: boolean;
}

const ChangeEmailResult = resultUnion(
  'ChangeEmailResult',
  'What happens next, or why nothing does.',
  () => EmailChangeRequested,
  [InvalidCredentials, TooManyAttempts, InvalidInput],
);

@Resolver()
export class ChangeEmailMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => ChangeEmailResult, {
    description:
      'Asks to move your account to another address. A link goes there, a notice to the one you have.',
  })
  async changeEmail(
    @Ctx() context: Context,
    @Arg('input', () => ChangeEmailInput, { description: 'The new address and your password.' })
    { newEmail, password }: ChangeEmailInput,
  ) {
    const { ports } = context;
    const result = await changeEmail(ports, { actor: actingUser(context), newEmail, password });
    if (!result.ok) return contractFailure(result.failure);
    return {
      __typename: 'EmailChangeRequested',
      newEmail: result.value.newEmail,
      letterInOutbox: ports.settings.localOutbox,
    };
  }
}
