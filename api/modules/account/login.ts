import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { logIn } from '@nandax/app/accounts/log-in.ts';
import { Access, InputField } from '../../access/declare.ts';
import { ANYONE } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidCredentials, InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { openSession } from './open-session.ts';
import { User } from './user.ts';

@InputType({ description: 'Someone who wants in.' })
class LoginInput {
  @InputField(() => String, 'Address of the account; its case does not matter.')
  email!: string;

  @InputField(() => String, 'Password of the account.')
  password!: string;
}

const LoginResult = resultUnion(
  'LoginResult',
  'The user, or why they are not logged in.',
  () => User,
  [InvalidCredentials, InvalidInput],
);

@Resolver()
export class LoginMutation {
  @Access(ANYONE)
  @Mutation(() => LoginResult, {
    description: 'Logs in: the answer sets the session cookie.',
  })
  async login(
    @Ctx() context: Context,
    @Arg('input', () => LoginInput, { description: 'Email and password.' }) input: LoginInput,
  ) {
    const result = await logIn(context.ports, input);
    return result.ok ? openSession(context, result.value.id) : contractFailure(result.failure);
  }
}
