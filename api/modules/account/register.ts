import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { requestRegistration } from '@nandax/app/registration/request-registration.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { ANYONE, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';

@InputType({ description: 'Someone who wants an account.' })
class RegisterInput {
  @InputField(() => String, 'Address they will log in with; its case does not matter.')
  email!: string;

  @InputField(() => String, '8 to 200 characters that are not easily guessed.')
  password!: string;

  @InputField(() => String, 'Name for people, 1 to 80 characters on one line.')
  displayName!: string;
}

@ObjectType({
  description:
    'A letter is on its way: with the link that makes the account, or saying that there is one already. Which of them only the letter says.',
})
export class RegistrationReceived {
  @Visible(WITH_PARENT, () => String, 'Address the letter goes to, in lower case.')
  email!: string;

  @Visible(
    WITH_PARENT,
    () => Boolean,
    'Whether letters stay in the local outbox of this installation, because it has no mail server.',
  )
  letterInOutbox!: boolean;
}

const RegisterResult = resultUnion(
  'RegisterResult',
  'What happens next, or what of the input cannot be.',
  () => RegistrationReceived,
  [InvalidInput],
);

@Resolver()
export class RegisterMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => RegisterResult, {
    description:
      'Asks for an account. It is made when the link in the letter is confirmed; the answer is the same for known and unknown addresses.',
  })
  async register(
    @Ctx() { ports }: Context,
    @Arg('input', () => RegisterInput, { description: 'Who, and the password they choose.' })
    input: RegisterInput,
  ) {
    const result = await requestRegistration(ports, input);
    if (!result.ok) return contractFailure(result.failure);
    return {
      __typename: 'RegistrationReceived',
      email: result.value.email,
      letterInOutbox: ports.settings.localOutbox,
    };
  }
}
