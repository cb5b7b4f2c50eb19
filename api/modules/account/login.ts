import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { logIn } from '@nandax/app/sessions/log-in.ts';
import { Access, CredentialEndpoint, InputField } from '../../access/declare.ts';
import { ANYONE } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { LoginResult } from './login-result.ts';
import { answerLogin, loginOrigin } from './open-session.ts';

@InputType({ description: 'Someone who wants in.' })
class LoginInput {
  @InputField(() => String, 'Address of the account; its case does not matter.')
  email!: string;

  @InputField(() => String, 'Password of the account.')
  password!: string;

  @InputField(
    () => Boolean,
    'Whether to answer an access token and a refresh token, for a program, instead of setting a cookie.',
    { defaultValue: false },
  )
  tokens!: boolean;
}

@Resolver()
export class LoginMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => LoginResult, {
    description:
      'Logs in: the answer sets the session cookie or carries tokens, or asks for a second factor.',
  })
  async login(
    @Ctx() context: Context,
    @Arg('input', () => LoginInput, { description: 'Email and password.' }) input: LoginInput,
  ) {
    const { email, password, tokens } = input;
    const result = await logIn(context.ports, {
      email,
      password,
      ...loginOrigin(context, tokens),
    });
    return answerLogin(context, result);
  }
}
