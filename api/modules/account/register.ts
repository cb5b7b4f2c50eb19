import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { registerUser } from '@nandax/app/accounts/register-user.ts';
import { Access, InputField } from '../../access/declare.ts';
import { ANYONE } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { EmailTaken, InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { openSession } from './open-session.ts';
import { User } from './user.ts';

@InputType({ description: 'A person who wants an account.' })
class RegisterInput {
  @InputField(() => String, 'Address to log in with; its case does not matter.')
  email!: string;

  @InputField(() => String, 'Password, 8 to 200 characters.')
  password!: string;

  @InputField(() => String, 'Name for people, 1 to 80 characters.')
  displayName!: string;
}

const RegisterResult = resultUnion(
  'RegisterResult',
  'The new user, or why there is none.',
  () => User,
  [EmailTaken, InvalidInput],
);

@Resolver()
export class RegisterMutation {
  @Access(ANYONE)
  @Mutation(() => RegisterResult, {
    description:
      'Makes an account with a paper portfolio, and logs it in: the answer sets the session cookie.',
  })
  async register(
    @Ctx() context: Context,
    @Arg('input', () => RegisterInput, { description: 'Who, and with which password.' })
    input: RegisterInput,
  ) {
    const result = await registerUser(context.ports, input);
    return result.ok ? openSession(context, result.value.id) : contractFailure(result.failure);
  }
}
